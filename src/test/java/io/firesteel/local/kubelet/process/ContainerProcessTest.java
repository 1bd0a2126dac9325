package io.firesteel.local.kubelet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerProcessTest {

  @TempDir Path folder;

  @AfterEach
  void endAll() {
    OrphanedProcesses.killAll(folder);
  }

  @Test
  void returnsTheExitCodeAndKeepsTheOutput() throws Exception {
    var process = shell("echo out; echo err >&2; exit 5");

    assertThat(process.await()).isEqualTo(5);
    assertThat(folder.resolve("log")).hasContent("out\nerr");
  }

  @Test
  void inheritsNoEnvironment() throws Exception {
    shell("env | cut -d= -f1 | sort").await();

    assertThat(Files.readAllLines(folder.resolve("log")))
        .containsExactlyInAnyOrder("FIRESTEEL_CONTAINER_OF", "PATH", "PWD");
  }

  @Test
  void letsTheProgramHandleSigterm() throws Exception {
    var process =
        shell("trap 'sleep 0.2; echo bye; exit 9' TERM; echo up; while :; do sleep 0.05; done");
    await().until(() -> said().contains("up"));

    process.terminate();

    assertThat(process.await()).isEqualTo(9);
    assertThat(said()).contains("bye");
  }

  @Test
  void reportsASignal() throws Exception {
    var process = shell("echo up; exec sleep 600");
    await().until(() -> said().contains("up"));

    process.terminate();

    assertThat(process.await()).isEqualTo(143);
  }

  @Test
  void killsChildrenThatOutliveTheProgram() throws Exception {
    shell("sleep 600 & sleep 600 & exit 0").await();

    await().untilAsserted(() -> assertThat(alive("one")).isZero());
  }

  @Test
  void findsChildrenThatLeftTheSession() throws Exception {
    var process = shell("setsid sh -c 'echo free; exec sleep 600' & sleep 600");
    await().until(() -> said().contains("free"));
    process.kill();
    process.await();
    assertThat(alive("one")).isEqualTo(1);

    assertThat(OrphanedProcesses.killPod(folder, "one")).isEqualTo(1);

    await().untilAsserted(() -> assertThat(alive("one")).isZero());
  }

  @Test
  void countsTheMemoryOfAllItsProcesses() throws Exception {
    var process =
        shell(
            "x=a; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do x=$x$x; done; sleep 600");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(ProcessTable.memoryBySession(Set.of(process.id())).get(process.id()))
                .isGreaterThan(16L << 20));
  }

  @Test
  void diesWithItsJvmEvenIfThatIsKilled() throws Exception {
    var jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsAContainer.class.getName(),
                folder.toString())
            .redirectOutput(folder.resolve("jvm").toFile())
            .redirectErrorStream(true)
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(alive("one")).isEqualTo(5));

    jvm.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(alive("one")).isZero());
  }

  /** A JVM of its own that starts a container and waits. */
  static final class StartsAContainer {

    private StartsAContainer() {}

    public static void main(String[] args) throws Exception {
      shell(Path.of(args[0]), "trap '' TERM; sleep 600 & sleep 600").await();
    }
  }

  private ContainerProcess shell(String script) throws IOException {
    return shell(folder, script);
  }

  private static ContainerProcess shell(Path folder, String script) throws IOException {
    var env = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    env.putAll(OrphanedProcesses.ownerEnvironment(folder, "one"));
    return ContainerProcess.start(
        new ContainerProcess.Spec(List.of("sh", "-c", script), env, folder, folder.resolve("log")));
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private int alive(String pod) {
    return ProcessTable.withEnvironment("FIRESTEEL_CONTAINER_OF", folder + "#" + pod).size();
  }
}
