package io.firesteel.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.local.image.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The image files follow the rules of cluster administrators. */
final class ImagesTest {

  private static final List<String> LABELS =
      List.of("title", "licenses", "version").stream()
          .map("org.opencontainers.image."::concat)
          .toList();

  static Stream<Path> dockerfiles() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docker"))) {
      return files.filter(f -> f.getFileName().toString().endsWith("Dockerfile")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void everyBaseHasAFixedVersion(Path file) throws IOException {
    var bases = Files.readAllLines(file).stream().filter(line -> line.startsWith("FROM ")).toList();
    assertThat(bases)
        .isNotEmpty()
        .allMatch(line -> line.matches("FROM [^ :]+:[^ ]*[0-9][^ ]*( AS [a-z]+)?"));
    assertThat(bases).noneMatch(line -> line.contains(":latest"));
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void theLastStageIsLabelledAndNotRoot(Path file) throws IOException {
    String text = Files.readString(file);
    String last = text.substring(text.lastIndexOf("\nFROM "));
    assertThat(last).contains(LABELS);
    String user =
        last.lines().filter(line -> line.startsWith("USER ")).reduce((a, b) -> b).orElse("");
    assertThat(user).matches("USER [1-9][0-9]*(:[1-9][0-9]*)?");
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void whatIsCopiedIsThere(Path file) throws IOException {
    boolean ofTheCheckout = file.getFileName().toString().startsWith("worker-");
    Path context = ofTheCheckout ? Path.of("") : Objects.requireNonNull(file.getParent());
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("COPY ") && !line.contains("--from=")) {
        String source = line.replaceAll("COPY (--\\S+ )*", "").split(" ", 2)[0];
        assertThat(context.resolve(source)).as(line).exists();
      }
    }
  }

  @Test
  void theWorkerIsTrainedAsItRuns() throws IOException {
    String dockerfile = Files.readString(Path.of("docker/worker-jvm.Dockerfile"));
    String entrypoint = dockerfile.substring(dockerfile.indexOf("ENTRYPOINT"));
    assertThat(entrypoint).contains(Training.JVM.split(" ")).contains("-XX:AOTCache=");
    assertThat(dockerfile).contains(Training.class.getName());
  }

  @Test
  void composeRunsTheWorkerAsTheClusterDoes() throws IOException {
    var compose = new YAMLMapper().readTree(Path.of("docker/compose.yaml").toFile());
    var worker = compose.at("/services/worker");
    assertThat(worker.path("user").asText()).isEqualTo("10001:10001");
    assertThat(worker.path("read_only").asBoolean()).isTrue();
    assertThat(worker.at("/cap_drop/0").asText()).isEqualTo("ALL");
    for (var service : compose.path("services")) {
      assertThat(service.path("image").asText()).matches(".+:[0-9].+");
    }
    Path dockerfile = Path.of(worker.at("/build/dockerfile").asText());
    assertThat(dockerfile).exists();
  }
}
