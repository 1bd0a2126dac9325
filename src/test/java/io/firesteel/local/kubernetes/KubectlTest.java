package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Uses {@code kubectl} if it is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s, namespace: team-a, labels: {app: %s}}
      spec:
        restartPolicy: Never
        containers: [{name: main, image: "example/app:1"}]
      """;

  private final ApiServerFixture cluster = ApiServerFixture.start();
  private final Path kubeconfig = cluster.folder().resolve("kubeconfig");

  @BeforeAll
  void needsKubectl() throws IOException {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    assumeTrue(there, "kubectl is not on the PATH");
    cluster.api().writeKubeconfig(kubeconfig);
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void appliesGetsDescribesAndDeletes() throws IOException {
    Path file = cluster.folder().resolve("pod.yaml");
    Files.writeString(file, POD.formatted("k1", "one"));

    assertThat(kubectl("apply", "-f", file.toString())).isEqualTo("pod/k1 created\n");
    assertThat(kubectl("apply", "-f", file.toString())).isEqualTo("pod/k1 unchanged\n");
    Files.writeString(file, POD.formatted("k1", "two"));
    assertThat(kubectl("apply", "-f", file.toString())).isEqualTo("pod/k1 configured\n");
    cluster.markRunning("k1");
    event("k1");
    assertThat(kubectl("get", "pods", "-A", "-o", "wide"))
        .containsPattern("team-a +k1 +1/1 +Running +0 +\\d+s +10.0.0.1 +laptop");
    assertThat(kubectl("describe", "pod", "k1", "-n", "team-a"))
        .contains("Status:           Running", "app=two", "Pulled", "the image was there");
    assertThat(kubectl("delete", "pod", "k1", "-n", "team-a", "--grace-period=0", "--force"))
        .contains("pod \"k1\" force deleted");
    assertThat(kubectl("get", "pod", "k1", "-n", "team-a"))
        .isEqualTo("Error from server (NotFound): pods \"k1\" not found\n");
  }

  @Test
  void createsASecretFromYamlThatKubectlWrites() throws IOException {
    String[] create = {"create", "secret", "generic", "s", "-n", "team-a", "--from-literal=a=b"};

    assertThat(kubectl(create))
        .contains("unknown format (application/vnd.kubernetes.protobuf)")
        .contains("kubectl create ... --dry-run=client -o yaml | kubectl apply -f -");
    List<String> dryRun = new ArrayList<>(List.of(create));
    dryRun.addAll(List.of("--dry-run=client", "-o", "yaml"));
    Path file = cluster.folder().resolve("secret.yaml");
    Files.writeString(file, kubectl(dryRun.toArray(String[]::new)));
    assertThat(kubectl("apply", "-f", file.toString())).isEqualTo("secret/s created\n");
    assertThat(kubectl("get", "secret", "s", "-n", "team-a", "-o", "jsonpath={.data.a}"))
        .isEqualTo("Yg==");
  }

  @Test
  void listsEventsAndResources() {
    cluster.create("listed");
    event("listed");

    assertThat(kubectl("get", "events", "-n", "team-a")).contains("Pulled");
    assertThat(kubectl("api-resources")).contains("pods", "podgroups");
  }

  @Test
  void readsLogs() throws IOException {
    var pod = cluster.create("logging");
    cluster.markRunning("logging");
    Path folder = cluster.folder().resolve("logs").resolve(pod.getMetadata().getUid());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("main.log"), "hello\nworld\n");
    cluster.markTerminated("logging", 0);

    assertThat(kubectl("logs", "-f", "logging", "-n", "team-a")).isEqualTo("hello\nworld\n");
    assertThat(kubectl("logs", "logging", "-n", "team-a", "--tail=1")).isEqualTo("world\n");
    assertThat(kubectl("get", "pods", "logging", "-n", "team-a")).contains("0/1", "Completed");
  }

  @Test
  void watchesPods() throws IOException {
    Path out = cluster.folder().resolve("watch.txt");
    Process watch =
        command("get", "pods", "-A", "-w", "-l", "watched=yes")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      cluster.create(ApiServerFixture.pod("seen", Map.of("watched", "yes")));
      await().untilAsserted(() -> assertThat(Files.readString(out)).contains("Pending"));
      cluster.markRunning("seen");
      cluster.client().pods().withName("seen").delete();
      await()
          .untilAsserted(
              () -> assertThat(Files.readString(out)).contains("Running", "Terminating"));
    } finally {
      watch.destroy();
    }
  }

  @Test
  void appliesOnTheServerAndReportsConflicts() throws IOException {
    Path file = cluster.folder().resolve("ssa.yaml");
    Files.writeString(file, POD.formatted("ssa", "one"));

    assertThat(kubectl("apply", "--server-side", "-f", file.toString()))
        .isEqualTo("pod/ssa serverside-applied\n");
    Files.writeString(file, POD.formatted("ssa", "two"));
    assertThat(kubectl("apply", "--server-side", "--field-manager=x", "-f", file.toString()))
        .contains("conflict with \"kubectl\": .metadata.labels.app");
  }

  private void event(String pod) {
    var uid = cluster.client().pods().withName(pod).get().getMetadata().getUid();
    cluster.post(
        "/api/v1/namespaces/team-a/events",
        """
        {"metadata":{"generateName":"e-"},"type":"Normal","reason":"Pulled",
         "message":"the image was there","count":1,
         "firstTimestamp":"2026-01-01T00:00:00Z","lastTimestamp":"2026-01-01T00:00:00Z",
         "involvedObject":{"kind":"Pod","namespace":"team-a","name":"%s","uid":"%s"}}
        """
            .formatted(pod, uid));
  }

  private ProcessBuilder command(String... arguments) {
    List<String> words = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("HOME", cluster.folder().toString());
    return builder;
  }

  private String kubectl(String... arguments) {
    try {
      Process process = command(arguments).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
