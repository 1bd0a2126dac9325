package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/** What can happen to a pod that its worker must act on. */
sealed interface Signal {

  /** The pod object changed. */
  record Changed(Pod pod) implements Signal {}

  /** The pod is to end within this time, and then to be removed from the API server. */
  record Terminate(Duration grace) implements Signal {}

  /** The pod is no longer in the API server: nothing of it may live on. */
  record Vanished() implements Signal {}

  /** A container's process ended by itself or by a signal. */
  record Exited(String container, int exitCode) implements Signal {}

  /** A container took more memory than it may have. */
  record OutOfMemory(String container, long held, long limit) implements Signal {}
}
