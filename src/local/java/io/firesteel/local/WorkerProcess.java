package io.firesteel.local;

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

/**
 * A packaged worker, started as an operator would start it: with environment variables and nothing
 * else.
 */
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
   * @param log what it prints, appended
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

  /** Where it answers over HTTP. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** What it printed. */
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

  /** Leaves it alone for so long, or until it has ended; answers whether it has. */
  public boolean exitsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time);
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IllegalStateException when it ends before, or does not get there in time; the message
   *     names its log
   */
  public void awaitReady(Duration within) throws InterruptedException {
    long giveUp = System.nanoTime() + within.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Optional<String> why = readinessProblem(client);
          why.isPresent();
          why = readinessProblem(client)) {
        if (exitsWithin(POLL_INTERVAL)) {
          throw new IllegalStateException(
              "the worker ended with exit code %d while starting; see %s"
                  .formatted(process.exitValue(), log));
        }
        if (System.nanoTime() > giveUp) {
          throw new IllegalStateException(
              "the worker is not ready after %d s: %s; see %s"
                  .formatted(within.toSeconds(), why.get(), log));
        }
      }
    }
  }

  /** What it says of itself, if it is not ready. */
  private Optional<String> readinessProblem(HttpClient client) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(http().resolve("/q/health/ready")).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.empty() : Optional.of(answer.body());
    } catch (IOException e) {
      return Optional.of("no answer, " + e);
    }
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** How much CPU it took so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** {@code SIGSTOP}: it does nothing until {@link #resume}, and its connections stay open. */
  public void pause() throws InterruptedException {
    signal("STOP");
  }

  /** {@code SIGCONT}: it goes on as if no time had passed. */
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

  /** Asks it to end, and insists after a while. */
  @Override
  public void close() {
    close(STOP_TIMEOUT);
  }

  /** The same for one that has work left at its end. */
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
