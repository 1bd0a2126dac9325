package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes the content of volumes.
 *
 * @param pod the pod with the volumes
 * @param sources the ConfigMaps and Secrets
 */
public record Volumes(BoundPod pod, NamespaceObjects sources) {

  private static final int DEFAULT_MODE = 0644;

  public VolumeContent resolve(Volume volume) {
    try {
      return content(volume);
    } catch (MissingReferenceException e) {
      return new VolumeContent.Missing(
          "MountVolume.SetUp failed for volume \"%s\" : %s"
              .formatted(volume.getName(), e.getMessage()));
    }
  }

  private VolumeContent content(Volume volume) {
    if (volume.getPersistentVolumeClaim() != null) {
      return claim(volume.getPersistentVolumeClaim().getClaimName());
    }
    if (volume.getHostPath() != null) {
      return host(volume.getHostPath());
    }
    if (volume.getEmptyDir() != null || volume.getEphemeral() != null) {
      return new VolumeContent.EmptyDir();
    }
    return new VolumeContent.Files(files(volume));
  }

  private Map<String, VolumeContent.FileContent> files(Volume volume) {
    if (volume.getConfigMap() != null) {
      var from = volume.getConfigMap();
      var mode = from.getDefaultMode();
      return read(new Keys("configmap", from.getName(), from.getItems(), mode, from.getOptional()));
    }
    if (volume.getSecret() != null) {
      var from = volume.getSecret();
      var mode = from.getDefaultMode();
      return read(
          new Keys("secret", from.getSecretName(), from.getItems(), mode, from.getOptional()));
    }
    if (volume.getDownwardAPI() != null) {
      return downward(volume.getDownwardAPI().getItems());
    }
    if (volume.getProjected() != null) {
      var files = new HashMap<String, VolumeContent.FileContent>();
      var mode = volume.getProjected().getDefaultMode();
      volume.getProjected().getSources().forEach(source -> files.putAll(projected(source, mode)));
      return files;
    }
    throw new MissingReferenceException("the laptop platform does not support this kind of volume");
  }

  private VolumeContent claim(String name) {
    if (!sources.hasClaim(name)) {
      throw new MissingReferenceException("persistentvolumeclaim \"%s\" not found".formatted(name));
    }
    return new VolumeContent.Claim(name);
  }

  private static VolumeContent host(HostPathVolumeSource source) {
    var path = Path.of(source.getPath());
    var type = source.getType() == null ? "" : source.getType();
    var error =
        switch (type) {
          case "Directory" -> Files.isDirectory(path) ? null : "is not a directory";
          case "File" -> Files.isRegularFile(path) ? null : "is not a file";
          default -> null;
        };
    if (error != null) {
      throw new MissingReferenceException(
          "hostPath type check failed: %s %s".formatted(path, error));
    }
    return new VolumeContent.HostPath(path, type.isEmpty() || type.endsWith("OrCreate"));
  }

  private record Keys(
      String kind,
      String name,
      @Nullable List<KeyToPath> items,
      @Nullable Integer mode,
      @Nullable Boolean optional) {}

  private Map<String, VolumeContent.FileContent> read(Keys keys) {
    var found =
        keys.kind().equals("secret") ? sources.secret(keys.name()) : sources.configMap(keys.name());
    var optional = Boolean.TRUE.equals(keys.optional());
    if (found.isEmpty() && !optional) {
      throw new MissingReferenceException(
          "%s \"%s\" not found".formatted(keys.kind(), keys.name()));
    }
    var mode = keys.mode() == null ? DEFAULT_MODE : keys.mode();
    var files = new HashMap<String, VolumeContent.FileContent>();
    if (keys.items() == null || keys.items().isEmpty()) {
      found
          .orElse(Map.of())
          .forEach((key, bytes) ->
              files.put(relativePath(key), new VolumeContent.FileContent(bytes, mode)));
      return files;
    }
    for (var item : keys.items()) {
      var bytes = found.orElse(Map.of()).get(item.getKey());
      if (bytes != null) {
        var own = item.getMode() == null ? mode : item.getMode();
        files.put(relativePath(item.getPath()), new VolumeContent.FileContent(bytes, own));
      } else if (!optional) {
        var kind = keys.kind().equals("secret") ? "secret" : "config";
        throw new MissingReferenceException(
            "references non-existent %s key: %s".formatted(kind, item.getKey()));
      }
    }
    return files;
  }

  private Map<String, VolumeContent.FileContent> projected(
      VolumeProjection source, @Nullable Integer mode) {
    if (source.getConfigMap() != null) {
      var from = source.getConfigMap();
      return read(new Keys("configmap", from.getName(), from.getItems(), mode, from.getOptional()));
    }
    if (source.getSecret() != null) {
      var from = source.getSecret();
      return read(new Keys("secret", from.getName(), from.getItems(), mode, from.getOptional()));
    }
    if (source.getDownwardAPI() != null) {
      return downward(source.getDownwardAPI().getItems());
    }
    if (source.getServiceAccountToken() != null) {
      return Map.of(
          relativePath(source.getServiceAccountToken().getPath()),
          entry("no tokens on a laptop", mode));
    }
    return Map.of();
  }

  private Map<String, VolumeContent.FileContent> downward(List<DownwardAPIVolumeFile> items) {
    var files = new HashMap<String, VolumeContent.FileContent>();
    for (var item : items) {
      var path = item.getFieldRef() == null ? "" : item.getFieldRef().getFieldPath();
      Optional<String> text =
          item.getResourceFieldRef() == null
              ? pod.field(path)
              : Optional.of(
                  ContainerResources.field(
                      pod.pod(),
                      pod.pod().getSpec().getContainers().getFirst(),
                      item.getResourceFieldRef()));
      files.put(
          relativePath(item.getPath()),
          entry(
              text.orElseThrow(
                  () -> new MissingReferenceException("unsupported fieldPath: " + path)),
              item.getMode()));
    }
    return files;
  }

  private static VolumeContent.FileContent entry(String text, @Nullable Integer mode) {
    return new VolumeContent.FileContent(
        text.getBytes(StandardCharsets.UTF_8), mode == null ? DEFAULT_MODE : mode);
  }

  /** Rejects a path that leaves the volume: anyone who may create pods can choose it. */
  private static String relativePath(String path) {
    var normal = Path.of(path).normalize();
    if (normal.isAbsolute() || normal.startsWith("..") || normal.toString().isEmpty()) {
      throw new MissingReferenceException("invalid path: " + path);
    }
    return normal.toString();
  }
}
