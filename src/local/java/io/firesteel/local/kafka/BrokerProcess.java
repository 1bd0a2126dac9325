package io.firesteel.local.kafka;

import io.firesteel.local.LaptopLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Broker} in a process of its own, which can be killed. It keeps its address across
 * restarts, and ends with the process that started it.
 */
public final class BrokerProcess implements RunningBroker {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final String LOG = "broker.log";

  private final Path folder;
  private final int port;
  private volatile Process process;

  private BrokerProcess(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a broker and returns when it accepts connections.
   *
   * @param folder for its log; created if it does not exist
   */
  public static BrokerProcess start(Path folder) {
    int port = Broker.freePort();
    return new BrokerProcess(folder, port, launch(folder, port));
  }

  /** Stops it in order, or by {@code kill -9}. */
  public void stop(boolean kill) throws InterruptedException {
    if (kill) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Starts it again after {@link #stop} and returns when it accepts connections. */
  public void restart() {
    process = launch(folder, port);
  }

  private static Process launch(Path folder, int port) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx768m",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            folder.toAbsolutePath().toString(),
            Integer.toString(port));
    try {
      Files.createDirectories(folder);
      Path errors = folder.resolve("broker.stderr");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      Process started = builder.start();
      if (started.getInputStream().read() < 0) {
        throw new IllegalStateException("the broker exited at its start; see " + errors);
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a broker in " + folder, e);
    }
  }

  /**
   * Runs a broker until the standard input ends or the process is terminated. Writes one byte when
   * the broker accepts connections.
   *
   * @param args the folder and the port for clients
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    LaptopLog.writeTo(folder.resolve(LOG));
    Broker broker = Broker.start(folder, Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    System.out.write('\n');
    System.out.flush();
    while (System.in.read() >= 0) {
      // Nothing is ever written; the end of the input is the end of the parent.
    }
    System.exit(0);
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    try {
      stop(false);
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
