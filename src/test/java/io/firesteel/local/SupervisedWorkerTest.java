package io.firesteel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code ./firesteel up} when a worker exits, with real processes. */
final class SupervisedWorkerTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String WEB_SERVER =
      "exec %s -m jdk.httpserver -b 127.0.0.1 -p \"$QUARKUS_HTTP_PORT\" -d %s\n";

  @TempDir private Path folder;
  private final RestartPolicy restartPolicy = new RestartPolicy(Duration.ZERO, 3);
  private final List<String> said = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final Queue<WorkerProcess> started = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    started.forEach(WorkerProcess::close);
  }

  @Test
  void restartsAKilledWorkerAndPrintsWhichOne() throws IOException, InterruptedException {
    Path application = application("");
    try (SupervisedWorker kept = keep(application)) {
      kept.process().kill();

      await().atMost(SOON).until(() -> said.size() == 2);
      assertThat(kept.process().isAlive()).isTrue();
    }
    assertThat(said)
        .containsExactly(
            "worker-1 exited with code 137 (killed); its log: %s. It restarts in 0 s"
                .formatted(log()),
            "worker-1 is ready again");
  }

  @Test
  void stopsRestartingAWorkerThatExitsAtEachStart() throws IOException, InterruptedException {
    Path marker = folder.resolve("broken");
    Path application = application("[ ! -e '%s' ] || exit 3%n".formatted(marker));
    try (SupervisedWorker kept = keep(application)) {
      Files.createFile(marker);
      kept.process().kill();

      await().atMost(SOON).until(() -> said.size() == 3);
    }
    assertThat(said.getLast())
        .isEqualTo(
            "worker-1 exited with code 3; its log: %s. It exited 3 times within two minutes and does not restart. Read its log, then stop with Ctrl-C and run ./firesteel up again"
                .formatted(log()));
    assertThat(started).hasSize(3);
  }

  @Test
  void printsNothingAboutAWorkerThatStopsWithThePlatform()
      throws IOException, InterruptedException {
    SupervisedWorker kept = keep(application(""));

    kept.close();
    kept.process().close();

    assertThat(said).isEmpty();
    assertThat(started).hasSize(1);
  }

  @Test
  void reportsExitCodeAndLogOfAWorkerThatNeverBecomesReady() throws IOException {
    Path application = application("exit 4\n");

    assertThatThrownBy(() -> keep(application))
        .hasMessage("the worker exited with code 4 at its start; see its log " + log());
  }

  private SupervisedWorker keep(Path application) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return SupervisedWorker.start(
        "worker-1",
        () -> {
          WorkerProcess worker = WorkerProcess.start(application, Map.of(), port, log());
          started.add(worker);
          return worker;
        },
        restartPolicy,
        said::add);
  }

  private Path log() {
    return folder.resolve("log");
  }

  /** An executable that reports readiness, in place of the native worker. */
  private Path application(String before) throws IOException {
    Files.createDirectories(folder.resolve("web/q/health"));
    Files.createFile(folder.resolve("web/q/health/ready"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path script = folder.resolve("application");
    Files.writeString(
        script, "#!/bin/sh\n" + before + WEB_SERVER.formatted(java, folder.resolve("web")));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
