package io.firesteel.local.kubelet.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one container of a pod stands. */
public sealed interface ContainerState {

  /**
   * Not running, but meant to.
   *
   * @param reason as a kubelet calls it, {@code ContainerCreating} at first
   * @param until when to try again
   */
  record Waiting(String reason, @Nullable String message, Instant until)
      implements ContainerState {}

  record Running(Instant since) implements ContainerState {}

  record Terminated(
      int exitCode, String reason, @Nullable String message, Instant started, Instant finished)
      implements ContainerState {

    boolean succeeded() {
      return exitCode == 0;
    }
  }
}
