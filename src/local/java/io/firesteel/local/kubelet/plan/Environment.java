package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the environment of a container: {@code envFrom}, then {@code env}, which takes
 * precedence. A missing reference that is not optional is reported with the message of the kubelet,
 * and the container waits.
 */
public sealed interface Environment {

  /** Resolved. {@link #toString} contains only names: values may be secret. */
  record Resolved(Map<String, String> values) implements Environment {
    @Override
    public String toString() {
      return "Ready" + values.keySet();
    }
  }

  /** Not resolved, with the message of a kubelet. */
  record Missing(String message) implements Environment {}

  static Environment resolve(BoundPod pod, Container container, NamespaceObjects objects) {
    try {
      return new Resolved(new Resolution(pod, container, objects).values());
    } catch (MissingReferenceException e) {
      return new Missing(String.valueOf(e.getMessage()));
    }
  }

  /** The resolution for one container. For one use by one thread. */
  final class Resolution {

    private final BoundPod pod;
    private final Container container;
    private final NamespaceObjects objects;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Resolution(BoundPod pod, Container container, NamespaceObjects objects) {
      this.pod = pod;
      this.container = container;
      this.objects = objects;
    }

    private Map<String, String> values() {
      container.getEnvFrom().forEach(this::addAll);
      container.getEnv().forEach(this::add);
      return values;
    }

    private void addAll(EnvFromSource from) {
      var prefix = from.getPrefix() == null ? "" : from.getPrefix();
      allKeys(from)
          .forEach((key, value) -> {
            if (!key.contains("=")) {
              values.put(prefix + key, text(value));
            }
          });
    }

    private Map<String, byte[]> allKeys(EnvFromSource from) {
      if (from.getConfigMapRef() != null) {
        var ref = from.getConfigMapRef();
        return keysOf(
            "configmap", ref.getName(), objects.configMap(ref.getName()), ref.getOptional());
      }
      if (from.getSecretRef() != null) {
        var ref = from.getSecretRef();
        return keysOf("secret", ref.getName(), objects.secret(ref.getName()), ref.getOptional());
      }
      return Map.of();
    }

    private void add(EnvVar variable) {
      if (variable.getValueFrom() == null) {
        var literal = variable.getValue() == null ? "" : variable.getValue();
        values.put(variable.getName(), VariableExpansion.expand(literal, values));
      } else {
        referenced(variable.getValueFrom()).ifPresent(text -> values.put(variable.getName(), text));
      }
    }

    private Optional<String> referenced(EnvVarSource from) {
      if (from.getSecretKeyRef() != null) {
        var ref = from.getSecretKeyRef();
        var keys =
            keysOf("secret", ref.getName(), objects.secret(ref.getName()), ref.getOptional());
        return key(
            keys,
            ref.getKey(),
            "Secret " + pod.namespace() + "/" + ref.getName(),
            ref.getOptional());
      }
      if (from.getConfigMapKeyRef() != null) {
        var ref = from.getConfigMapKeyRef();
        var keys =
            keysOf("configmap", ref.getName(), objects.configMap(ref.getName()), ref.getOptional());
        return key(
            keys,
            ref.getKey(),
            "ConfigMap " + pod.namespace() + "/" + ref.getName(),
            ref.getOptional());
      }
      if (from.getResourceFieldRef() != null) {
        var ref = from.getResourceFieldRef();
        return Optional.of(ContainerResources.field(pod.pod(), container, ref));
      }
      var path = from.getFieldRef() == null ? "" : from.getFieldRef().getFieldPath();
      var value = pod.field(path);
      if (value.isEmpty()) {
        throw new MissingReferenceException("unsupported fieldPath: " + path);
      }
      return value;
    }

    private static Map<String, byte[]> keysOf(
        String kind, String name, Optional<Map<String, byte[]>> found, @Nullable Boolean optional) {
      if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
        throw new MissingReferenceException("%s \"%s\" not found".formatted(kind, name));
      }
      return found.orElse(Map.of());
    }

    private static Optional<String> key(
        Map<String, byte[]> keys, String key, String owner, @Nullable Boolean optional) {
      var value = keys.get(key);
      if (value == null && !Boolean.TRUE.equals(optional)) {
        throw new MissingReferenceException("couldn't find key %s in %s".formatted(key, owner));
      }
      return Optional.ofNullable(value).map(Resolution::text);
    }

    private static String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
