package io.firesteel.local.kubelet.plan;

import java.util.List;
import java.util.Map;

/** The process of a container, or why it cannot start. */
public sealed interface LaunchResult {

  /**
   * A process. {@link #toString} omits what may be secret.
   *
   * @param command the program and its arguments
   * @param env the complete environment; nothing is inherited
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

  /** The container cannot start with this spec; the message is that of a runtime. */
  record Impossible(String message) implements LaunchResult {}
}
