package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one container.
 *
 * @param spec its spec
 * @param init whether it is an init container
 * @param restarts the number of restarts
 * @param failedPulls the number of failed image pulls
 * @param last the end of its previous run, if any
 */
public record ContainerRecord(
    Container spec,
    boolean init,
    ContainerState state,
    int restarts,
    int failedPulls,
    ContainerState.@Nullable Terminated last) {

  /** In a pod with init containers, all containers wait for its initialization. */
  static ContainerRecord created(Pod pod, Container spec, boolean init, Instant now) {
    var plain = pod.getSpec().getInitContainers().isEmpty();
    var reason = plain ? "ContainerCreating" : "PodInitializing";
    return new ContainerRecord(
        spec, init, new ContainerState.Waiting(reason, null, now), 0, 0, null);
  }

  public String name() {
    return spec.getName();
  }

  /** A sidecar starts before the containers and stops after them. */
  boolean sidecar() {
    return init && "Always".equals(spec.getRestartPolicy());
  }

  public boolean running() {
    return state instanceof ContainerState.Running;
  }

  /** Whether it runs and has started, by its startup probe if it has one. */
  boolean started() {
    return state instanceof ContainerState.Running(_, var started) && started;
  }

  boolean succeeded() {
    return state instanceof ContainerState.Terminated terminated && terminated.succeeded();
  }

  public ContainerRecord withState(ContainerState next) {
    return new ContainerRecord(spec, init, next, restarts, failedPulls, last);
  }

  /** Keeps the end of this run as the last run and waits for the next. */
  public ContainerRecord restarted(
      ContainerState.Terminated terminated, ContainerState.Waiting next) {
    return new ContainerRecord(spec, init, next, restarts + 1, failedPulls, terminated);
  }

  public ContainerRecord withFailedPull(ContainerState.Waiting next) {
    return new ContainerRecord(spec, init, next, restarts, failedPulls + 1, last);
  }
}
