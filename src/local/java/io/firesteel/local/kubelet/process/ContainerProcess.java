package io.firesteel.local.kubelet.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One container as a session of processes. A shell leads the session: it starts the program,
 * returns its exit code, and holds a pipe to the kubelet. If the kubelet dies, even by {@code kill
 * -9}, the pipe closes and the shell kills the session. {@link OrphanedProcesses} finds processes
 * that leave the session.
 *
 * <p>Thread-safe.
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
   * The program.
   *
   * @param command the program and its arguments
   * @param env the complete environment
   * @param folder the working directory
   * @param log the file to which output is appended
   */
  public record Spec(List<String> command, Map<String, String> env, Path folder, Path log) {}

  /** Starts the program; a failure leaves no process. */
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

  /** The process id of the leader, also of the session and the group. */
  public long id() {
    return leader.pid();
  }

  /** Waits for the end of the program, then kills the rest of the session. */
  public int await() throws InterruptedException {
    var code = leader.waitFor();
    signal("KILL");
    return code;
  }

  /** Terminates the group. */
  public void terminate() {
    signal("TERM");
  }

  /** Whether the shell that leads the session runs. */
  public boolean isAlive() {
    return leader.isAlive();
  }

  /** Kills the group. */
  public void kill() {
    signal("KILL");
  }

  private void signal(String signal) {
    Signals.send(signal, List.of(-leader.pid()));
  }
}
