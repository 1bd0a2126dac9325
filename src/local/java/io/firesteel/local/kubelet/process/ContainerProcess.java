package io.firesteel.local.kubelet.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One container, running as a session of processes of its own. A small shell leads the session: it
 * starts the program, passes its exit code on, and holds a pipe to the kubelet. Should the kubelet
 * die, even by {@code kill -9}, the pipe closes and the shell kills the whole session. Processes
 * that leave the session on purpose are found by a variable in their environment, see {@link
 * OrphanedProcesses}.
 *
 * <p>Safe for use by several threads.
 */
public final class ContainerProcess {

  private static final String LEADER =
      """
      trap : TERM INT HUP
      exec 3<&0
      "$@" </dev/null 3<&- &
      child=$!
      exec >/dev/null 2>&1
      (trap '' TERM INT HUP; read -r _ <&3; kill -KILL 0) &
      watch=$!
      while :; do
        wait $child
        code=$?
        kill -0 $child || break
      done
      kill -KILL $watch
      exit $code
      """;

  private final Process leader;

  private ContainerProcess(Process leader) {
    this.leader = leader;
  }

  /**
   * What to start.
   *
   * @param command the program and its arguments
   * @param env the whole environment
   * @param folder the working directory
   * @param log where its output is appended
   */
  public record Spec(List<String> command, Map<String, String> env, Path folder, Path log) {}

  /** Starts the program; on failure nothing is left running. */
  public static ContainerProcess start(Spec spec) throws IOException {
    Files.createDirectories(spec.log().getParent());
    var command = new ArrayList<>(List.of("setsid", "sh", "-c", LEADER, "container"));
    command.addAll(spec.command());
    var builder =
        new ProcessBuilder(command)
            .directory(spec.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    builder.environment().clear();
    builder.environment().putAll(spec.env());
    return new ContainerProcess(builder.start());
  }

  /** The id of the leader, the session and the process group. */
  public long id() {
    return leader.pid();
  }

  /** Waits for the program to end, then kills what it left in its session. */
  public int await() throws InterruptedException {
    var code = leader.waitFor();
    signal("KILL");
    return code;
  }

  /** Asks the whole group to end. */
  public void terminate() {
    signal("TERM");
  }

  /** Ends the whole group. */
  public void kill() {
    signal("KILL");
  }

  private void signal(String signal) {
    Signals.send(signal, List.of(-leader.pid()));
  }
}
