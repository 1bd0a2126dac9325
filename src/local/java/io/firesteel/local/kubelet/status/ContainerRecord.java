package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one container.
 *
 * @param spec as the pod has it
 * @param init whether it is one of the pod's init containers
 * @param restarts how often it was started again
 * @param failedPulls how often its image could not be pulled
 * @param last how its previous run ended, if it had one
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

  /** An init container that stays: started before the containers, stopped after them. */
  boolean sidecar() {
    return init && "Always".equals(spec.getRestartPolicy());
  }

  public boolean running() {
    return state instanceof ContainerState.Running;
  }

  boolean succeeded() {
    return state instanceof ContainerState.Terminated terminated && terminated.succeeded();
  }

  public ContainerRecord withState(ContainerState next) {
    return new ContainerRecord(spec, init, next, restarts, failedPulls, last);
  }

  /** Waits for another run: what ended becomes the last run. */
  public ContainerRecord restarted(
      ContainerState.Terminated terminated, ContainerState.Waiting next) {
    return new ContainerRecord(spec, init, next, restarts + 1, failedPulls, terminated);
  }

  public ContainerRecord withFailedPull(ContainerState.Waiting next) {
    return new ContainerRecord(spec, init, next, restarts, failedPulls + 1, last);
  }
}
