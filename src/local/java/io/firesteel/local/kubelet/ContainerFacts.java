package io.firesteel.local.kubelet;

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
record ContainerFacts(
    Container spec,
    boolean init,
    ContainerState state,
    int restarts,
    int failedPulls,
    ContainerState.@Nullable Ended last) {

  /** In a pod with init containers, all containers wait for its initialization. */
  static ContainerFacts created(Pod pod, Container spec, boolean init, Instant now) {
    var plain = pod.getSpec().getInitContainers().isEmpty();
    var reason = plain ? "ContainerCreating" : "PodInitializing";
    return new ContainerFacts(
        spec, init, new ContainerState.Waiting(reason, null, now), 0, 0, null);
  }

  String name() {
    return spec.getName();
  }

  /** An init container that stays: started before the containers, stopped after them. */
  boolean sidecar() {
    return init && "Always".equals(spec.getRestartPolicy());
  }

  boolean running() {
    return state instanceof ContainerState.Running;
  }

  boolean succeeded() {
    return state instanceof ContainerState.Ended ended && ended.succeeded();
  }

  ContainerFacts in(ContainerState next) {
    return new ContainerFacts(spec, init, next, restarts, failedPulls, last);
  }

  /** Waits for another run: what ended becomes the last run. */
  ContainerFacts again(ContainerState.Ended ended, ContainerState.Waiting next) {
    return new ContainerFacts(spec, init, next, restarts + 1, failedPulls, ended);
  }

  ContainerFacts pullFailed(ContainerState.Waiting next) {
    return new ContainerFacts(spec, init, next, restarts, failedPulls + 1, last);
  }
}
