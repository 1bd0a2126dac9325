package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enforces {@code runAsNonRoot} like a kubelet, which compares it with the user that the container
 * would have. Here, every container has the user of this process.
 */
public final class NonRoot {

  private NonRoot() {}

  /**
   * Why the container must not start, in a kubelet's words; empty if it may.
   *
   * @param imageIsRoot whether the user of the image is root
   */
  public static Optional<String> refusal(Pod pod, Container container, boolean imageIsRoot) {
    Boolean nonRoot =
        setting(
            pod, container, SecurityContext::getRunAsNonRoot, PodSecurityContext::getRunAsNonRoot);
    Long user =
        setting(pod, container, SecurityContext::getRunAsUser, PodSecurityContext::getRunAsUser);
    if (!Boolean.TRUE.equals(nonRoot) || (user == null ? !imageIsRoot : user != 0)) {
      return Optional.empty();
    }
    var meta = pod.getMetadata();
    return Optional.of(
        "%s (pod: \"%s_%s(%s)\", container: %s)"
            .formatted(
                user == null
                    ? "container has runAsNonRoot and image will run as root"
                    : "container's runAsUser breaks non-root policy",
                meta.getName(),
                meta.getNamespace(),
                meta.getUid(),
                container.getName()));
  }

  /** The container's setting, or else the pod's. */
  private static <T> @Nullable T setting(
      Pod pod,
      Container container,
      Function<SecurityContext, @Nullable T> ofContainer,
      Function<PodSecurityContext, @Nullable T> ofPod) {
    var own = container.getSecurityContext();
    T value = own == null ? null : ofContainer.apply(own);
    var shared = pod.getSpec().getSecurityContext();
    return value != null || shared == null ? value : ofPod.apply(shared);
  }
}
