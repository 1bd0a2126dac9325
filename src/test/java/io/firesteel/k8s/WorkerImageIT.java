package io.firesteel.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that {@code ./firesteel image} builds without Docker and network. */
final class WorkerImageIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static ImageArchiveReader image;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    Path tarball = folder.resolve("worker.tar");
    Images.main(new String[] {"--base", "scratch", "--to", tarball.toString()});
    image = ImageArchiveReader.of(tarball);
  }

  @Test
  void theImageRunsAsTheManifestsRunIt() throws IOException {
    JsonNode config = config().path("config");

    assertThat(config.path("User").asText()).isEqualTo("10001:10001");
    assertThat(Manifests.texts(config.path("Env")))
        .contains("QUARKUS_LOG_CONSOLE_JSON_ENABLED=true", "MALLOC_ARENA_MAX=2");
    assertThat(config.at("/Labels/org.opencontainers.image.title").asText()).isNotEmpty();
    assertThat(Manifests.texts(config.path("Entrypoint"))).startsWith("java").contains("-jar");
  }

  @Test
  void theImageHoldsTheWorkerAndItsBillOfMaterials() throws IOException {
    assertThat(files())
        .contains("opt/firesteel/quarkus-run.jar", "opt/firesteel/firesteel.cdx.json");
  }

  @Test
  void theBillOfMaterialsNamesEveryLibraryOfTheWorker() throws IOException {
    Path target = LaptopOptions.checkoutHome().resolve("target");
    List<String> libraries =
        Files.readAllLines(target.resolve("quarkus-app/quarkus-app-dependencies.txt"));
    Set<String> named = new TreeSet<>();
    for (JsonNode one :
        JSON.readTree(target.resolve("firesteel.cdx.json").toFile()).path("components")) {
      named.add(
          one.path("group").asText()
              + ":"
              + one.path("name").asText()
              + ":"
              + one.path("version").asText());
    }

    assertThat(libraries).hasSizeGreaterThan(100);
    assertThat(named)
        .containsAll(
            libraries.stream()
                .map(line -> line.replaceAll(":[^:]*:[^:]*:(?=[^:]+$)", ":"))
                .toList());
  }

  @Test
  void containerdAndDockerFindTheNameThatTheManifestsAskFor() throws IOException {
    assertThat(image.containerdName()).isEqualTo("docker.io/library/firesteel-worker:0.1.0");
    assertThat(image.dockerTags()).containsExactly("firesteel-worker:0.1.0");
    assertThat(image.dockerLayers()).hasSize(3).allMatch(image.files()::containsKey);
  }

  private static JsonNode config() throws IOException {
    return image.blob(image.ociManifest().at("/config/digest").asText());
  }

  private static Set<String> files() throws IOException {
    Set<String> files = new TreeSet<>();
    for (JsonNode layer : image.ociManifest().path("layers")) {
      byte[] packed = image.files().get(ImageArchiveReader.path(layer.path("digest").asText()));
      try (var tar =
          new TarArchiveInputStream(
              new GZIPInputStream(new java.io.ByteArrayInputStream(packed)))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          files.add(entry.getName());
        }
      }
    }
    return files;
  }
}
