package io.firesteel.local;

import io.firesteel.local.kafka.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A packaged worker process, configured only by environment variables. */
public final class WorkerProcess implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final String JVM = "-Xmx320m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Process process;
  private final int httpPort;
  private final Path log;

  private WorkerProcess(Process process, int httpPort, Path log) {
    this.process = process;
    this.httpPort = httpPort;
    this.log = log;
  }

  /**
   * Starts a worker.
   *
   * @param application the folder of the packaged worker, or an executable such as the native one
   * @param log the file to which its output is appended
   */
  static WorkerProcess start(
      Path application, Map<String, String> settings, int httpPort, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command(application))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
    builder.environment().put("JDK_JAVA_OPTIONS", JVM);
    builder.environment().putAll(settings);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
    try {
      return new WorkerProcess(builder.start(), httpPort, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a worker from " + application, e);
    }
  }

  /** Starts the packaged worker of a checkout on a free port. */
  public static WorkerProcess startPackaged(Path home, Map<String, String> settings, Path log) {
    Path application = LaptopOptions.onFreePorts(home, home.resolve("target")).application();
    return start(application, settings, Broker.freePort(), log);
  }

  private static List<String> command(Path application) {
    if (Files.isRegularFile(application)) {
      return List.of(application.toAbsolutePath().toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "-jar",
        application.resolve("quarkus-run.jar").toString());
  }

  /** Its HTTP address. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** The file with its output. */
  public Path log() {
    return log;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until its process ends, and returns the exit code: 128 and the signal for a signal. */
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** Waits for its end; returns whether it has ended. */
  public boolean exitsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time);
  }

  /**
   * Waits until it is ready.
   *
   * @throws IllegalStateException if it exits or is not ready in time; the message names its log
   */
  public void awaitReady(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Optional<String> why = readinessProblem(client);
          why.isPresent();
          why = readinessProblem(client)) {
        if (exitsWithin(POLL_INTERVAL)) {
          throw new IllegalStateException(
              "the worker exited with code %d at its start; see its log %s"
                  .formatted(process.exitValue(), log));
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the worker is not ready after %d s: %s; see its log %s"
                  .formatted(within.toSeconds(), why.get(), log));
        }
      }
    }
  }

  /** Whether its liveness probe fails, upon which Kubernetes would restart it. */
  public boolean isLivenessDown() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(http().resolve("/q/health/live")).timeout(STOP_TIMEOUT).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 503;
    } catch (IOException _) {
      return false;
    }
  }

  /** Its readiness response, if it is not ready. */
  private Optional<String> readinessProblem(HttpClient client) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(http().resolve("/q/health/ready")).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.empty() : Optional.of(response.body());
    } catch (IOException e) {
      return Optional.of("no response, " + e);
    }
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The CPU time it has used. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** {@code SIGSTOP}: stops it until {@link #resume}; its connections stay open. */
  public void pause() throws InterruptedException {
    signal("STOP");
  }

  /** {@code SIGCONT}: continues it. */
  public void resume() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + name, e);
    }
  }

  /** Terminates it; kills it after a timeout. */
  @Override
  public void close() {
    close(STOP_TIMEOUT);
  }

  /** Terminates it; kills it after the timeout. */
  public void close(Duration within) {
    process.destroy();
    try {
      if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
