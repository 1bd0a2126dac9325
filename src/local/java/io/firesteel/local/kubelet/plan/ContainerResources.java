package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The requests and limits of containers, in bytes and cores. */
public final class ContainerResources {

  private ContainerResources() {}

  /** The container's memory limit in bytes; empty when it has none. */
  public static Optional<Long> memoryLimit(Container container) {
    return amount(limits(container), "memory").map(BigDecimal::longValue);
  }

  /**
   * The request of a pod: the sum of its containers, or the largest init container if that is more.
   */
  public static BigDecimal request(Pod pod, String resource) {
    var sum =
        pod.getSpec().getContainers().stream()
            .map(container -> requested(container, resource))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Stream.concat(
            Stream.of(sum),
            pod.getSpec().getInitContainers().stream()
                .map(container -> requested(container, resource)))
        .max(BigDecimal::compareTo)
        .orElse(sum);
  }

  /**
   * The value of a {@code resourceFieldRef}: divided by the divisor and rounded up; an absent limit
   * is 0.
   */
  static String field(Pod pod, Container own, ResourceFieldSelector selector) {
    var container =
        pod.getSpec().getContainers().stream()
            .filter(other -> other.getName().equals(selector.getContainerName()))
            .findFirst()
            .orElse(own);
    var path = selector.getResource();
    var resource = path.substring(path.indexOf('.') + 1);
    var found =
        path.startsWith("limits.")
            ? amount(limits(container), resource)
            : Optional.of(requested(container, resource));
    var divisor = divisor(selector.getDivisor());
    return found.orElse(BigDecimal.ZERO).divide(divisor, 0, RoundingMode.CEILING).toPlainString();
  }

  private static BigDecimal divisor(@Nullable Quantity quantity) {
    var divisor = quantity == null ? BigDecimal.ONE : quantity.getNumericalAmount();
    return divisor.signum() == 0 ? BigDecimal.ONE : divisor;
  }

  private static BigDecimal requested(Container container, String resource) {
    var resources = container.getResources();
    var requests = resources == null ? null : resources.getRequests();
    return amount(requests, resource)
        .or(() -> amount(limits(container), resource))
        .orElse(BigDecimal.ZERO);
  }

  private static @Nullable Map<String, Quantity> limits(Container container) {
    return container.getResources() == null ? null : container.getResources().getLimits();
  }

  private static Optional<BigDecimal> amount(
      @Nullable Map<String, Quantity> amounts, String resource) {
    return Optional.ofNullable(amounts)
        .map(all -> all.get(resource))
        .map(Quantity::getNumericalAmount);
  }
}
