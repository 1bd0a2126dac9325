package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.plan.VolumeContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The folders of one pod: its volumes, and a home for each container. Only the kubelet's user may
 * read them. {@link #remove} deletes them, except claims, host paths and logs.
 */
final class PodFolders {

  private final Path pod;
  private final Path claims;
  private final Path logs;
  private final Map<String, Path> volumes = new HashMap<>();

  PodFolders(KubeletOptions options, Pod pod) {
    var meta = pod.getMetadata();
    this.pod = safeChild(options.data().toAbsolutePath().resolve("pods"), meta.getUid());
    this.claims = safeChild(options.data().toAbsolutePath().resolve("claims"), meta.getNamespace());
    this.logs = safeChild(options.podLogs().toAbsolutePath(), meta.getUid());
  }

  Path log(String container) {
    return safeChild(logs, container + ".log");
  }

  /** Creates the folder of a volume and fills it; a repetition replaces its files. */
  void mount(String name, VolumeContent content) throws IOException {
    switch (content) {
      case VolumeContent.Files(var files) -> volumes.put(name, writeFiles(name, files));
      case VolumeContent.EmptyDir _ ->
          volumes.put(name, create(safeChild(pod.resolve("volumes"), name)));
      case VolumeContent.Claim(var claim) -> volumes.put(name, create(safeChild(claims, claim)));
      case VolumeContent.HostPath(var path, var create) ->
          volumes.put(name, create ? create(path) : path);
      case VolumeContent.Missing(var message) -> throw new IOException(message);
    }
  }

  private Path writeFiles(String name, Map<String, VolumeContent.FileContent> files)
      throws IOException {
    var folder = create(safeChild(pod.resolve("volumes"), name));
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent() == null ? folder : path.getParent());
      Files.deleteIfExists(path);
      Files.write(path, file.getValue().bytes());
      Files.setPosixFilePermissions(path, permissions(file.getValue().mode()));
    }
    return folder;
  }

  /** The mount paths of a container. */
  Map<String, Path> mountsOf(Container container) throws IOException {
    var mounts = new HashMap<String, Path>();
    for (var mount : container.getVolumeMounts()) {
      var volume = volumes.get(mount.getName());
      if (volume != null) {
        var subPath = mount.getSubPath() == null ? "" : mount.getSubPath();
        var path = volume.resolve(subPath).normalize();
        if (!path.startsWith(volume)) {
          throw new IOException("subPath leaves the volume " + mount.getName());
        }
        mounts.put(mount.getMountPath(), Files.exists(path) ? path : create(path));
      }
    }
    return mounts;
  }

  /** The home of the container, with {@code work} and {@code tmp}. */
  Path home(String container) throws IOException {
    var home = create(safeChild(pod.resolve("containers"), container));
    create(home.resolve("work"));
    create(home.resolve("tmp"));
    return home;
  }

  void remove() {
    remove(pod);
  }

  /** Removes the folders of an earlier kubelet's pods, whose processes are gone. */
  static void removeAll(KubeletOptions options) {
    remove(options.data().resolve("pods"));
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(PodFolders::delete);
    } catch (IOException | UncheckedIOException _) {
      // A dying process may still write; the next start of a kubelet removes its files.
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path create(Path folder) throws IOException {
    if (folder.startsWith(pod) && !Files.exists(pod)) {
      Files.createDirectories(pod);
      Files.setPosixFilePermissions(pod, permissions(0700));
    }
    return Files.createDirectories(folder);
  }

  /** Rejects names that lead out of the folder: anyone who may create pods chooses them. */
  private static Path safeChild(Path parent, String name) {
    var path = parent.resolve(name).normalize();
    if (!parent.normalize().equals(path.getParent())) {
      throw new IllegalArgumentException("invalid name: " + name);
    }
    return path;
  }

  /** The owner may always read, because the kubelet runs as the owner. */
  private static Set<PosixFilePermission> permissions(int mode) {
    var permissions = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    var all = PosixFilePermission.values();
    for (var bit = 0; bit < all.length; bit++) {
      if ((mode & 0400 >> bit) != 0) {
        permissions.add(all[bit]);
      }
    }
    return permissions;
  }
}
