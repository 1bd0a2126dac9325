package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/** An event for a pod worker. */
sealed interface PodWorkerEvent {

  /** The pod object changed. */
  record Updated(Pod pod) implements PodWorkerEvent {}

  /** The pod must end within the grace period and then leave the API server. */
  record TerminationRequested(Duration grace) implements PodWorkerEvent {}

  /** The pod has left the API server: kill it. */
  record Removed() implements PodWorkerEvent {}

  /** The startup probe of a container succeeded. */
  record Started(String container) implements PodWorkerEvent {}

  /** The process of a container has ended. */
  record Exited(String container, int exitCode) implements PodWorkerEvent {}

  /** A container exceeded its memory limit. */
  record OomKilled(String container, long held, long limit) implements PodWorkerEvent {}
}
