package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/** What can happen to a pod that its worker must act on. */
sealed interface PodWorkerEvent {

  /** The pod object changed. */
  record Updated(Pod pod) implements PodWorkerEvent {}

  /** The pod is to end within this time, and then to be removed from the API server. */
  record TerminationRequested(Duration grace) implements PodWorkerEvent {}

  /** The pod is no longer in the API server: nothing of it may live on. */
  record Removed() implements PodWorkerEvent {}

  /** A container's process ended by itself or by a signal. */
  record Exited(String container, int exitCode) implements PodWorkerEvent {}

  /** A container took more memory than it may have. */
  record OomKilled(String container, long held, long limit) implements PodWorkerEvent {}
}
