package io.firesteel.local.kubelet.plan;

import java.util.List;
import java.util.Map;

/** How to start a container as a local process, or why that cannot be. */
public sealed interface LaunchResult {

  /**
   * A process to start. {@link #toString} leaves out what may be secret.
   *
   * @param command the program and its arguments
   * @param env its whole environment: nothing of this machine's own is inherited
   */
  record Start(List<String> command, Map<String, String> env) implements LaunchResult {
    public Start {
      command = List.copyOf(command);
      env = Map.copyOf(env);
    }

    @Override
    public String toString() {
      return "Start[" + command.getFirst() + "]";
    }
  }

  /** The container can never start as it is written; the message is what a runtime would say. */
  record Impossible(String message) implements LaunchResult {}
}
