package io.firesteel.local.kubelet.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of one container. */
public sealed interface ContainerState {

  /**
   * Waiting to run.
   *
   * @param reason in the words of a kubelet, at first {@code ContainerCreating}
   * @param until when to retry
   */
  record Waiting(String reason, @Nullable String message, Instant until)
      implements ContainerState {}

  /**
   * Running.
   *
   * @param started whether it has no startup probe, or the probe succeeded
   */
  record Running(Instant since, boolean started) implements ContainerState {}

  record Terminated(
      int exitCode, String reason, @Nullable String message, Instant started, Instant finished)
      implements ContainerState {

    boolean succeeded() {
      return exitCode == 0;
    }
  }
}
