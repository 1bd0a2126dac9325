package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pod with the data that the node adds for the downward API.
 *
 * @param pod the bound pod
 * @param podIp the address of the pod
 * @param hostIp the address of the node
 */
public record BoundPod(Pod pod, String podIp, String hostIp) {

  public String namespace() {
    return pod.getMetadata().getNamespace();
  }

  public String name() {
    return pod.getMetadata().getName();
  }

  public String uid() {
    return pod.getMetadata().getUid();
  }

  /** The value of a {@code fieldRef}; empty for an unknown field. */
  Optional<String> field(String path) {
    var bracket = path.indexOf("['");
    if (bracket > 0 && path.endsWith("']")) {
      return mapEntry(path.substring(0, bracket), path.substring(bracket + 2, path.length() - 2));
    }
    return switch (path) {
      case "metadata.name" -> Optional.of(name());
      case "metadata.namespace" -> Optional.of(namespace());
      case "metadata.uid" -> Optional.of(uid());
      case "metadata.labels" -> Optional.of(downwardLines(pod.getMetadata().getLabels()));
      case "metadata.annotations" -> Optional.of(downwardLines(pod.getMetadata().getAnnotations()));
      case "spec.nodeName" -> Optional.of(orEmpty(pod.getSpec().getNodeName()));
      case "spec.serviceAccountName" -> Optional.of(orEmpty(pod.getSpec().getServiceAccountName()));
      case "status.podIP", "status.podIPs" -> Optional.of(podIp);
      case "status.hostIP", "status.hostIPs" -> Optional.of(hostIp);
      default -> Optional.empty();
    };
  }

  private Optional<String> mapEntry(String map, String key) {
    return switch (map) {
      case "metadata.labels" -> Optional.of(valueOf(pod.getMetadata().getLabels(), key));
      case "metadata.annotations" -> Optional.of(valueOf(pod.getMetadata().getAnnotations(), key));
      default -> Optional.empty();
    };
  }

  private static String valueOf(@Nullable Map<String, String> map, String key) {
    return map == null ? "" : map.getOrDefault(key, "");
  }

  private static String downwardLines(@Nullable Map<String, String> map) {
    var lines = new StringBuilder();
    if (map != null) {
      new TreeMap<>(map)
          .forEach((key, value) -> lines.append(key).append("=\"").append(value).append("\"\n"));
    }
    return lines.toString();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
