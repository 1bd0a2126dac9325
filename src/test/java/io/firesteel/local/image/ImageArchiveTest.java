package io.firesteel.local.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases of every form give an image with the base's layer and the worker's. */
final class ImageArchiveTest {

  private static final String NAME = "firesteel-worker:0.1.0";

  @TempDir private Path folder;
  private Path base;

  /** An OCI layout in a tarball, as Jib writes it. */
  @BeforeEach
  void aBase() throws Exception {
    base = folder.resolve("base.tar");
    Path file = Files.writeString(folder.resolve("base.txt"), "base");
    build(Jib.fromScratch().addLayer(List.of(file), "/"), base);
    assertThat(read(base)).containsKey("index.json").doesNotContainKey("manifest.json");
  }

  @Test
  void anOciLayoutInATarball() throws Exception {
    assertHasBothLayers(base);
  }

  @Test
  void anOciLayoutInAFolder() throws Exception {
    Path layout = folder.resolve("layout");
    for (var file : read(base).entrySet()) {
      Path target = layout.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    assertHasBothLayers(layout);
  }

  @Test
  void whatDockerSavesAndContainerdExports() throws Exception {
    ImageArchive.name(base, "base:1");
    assertThat(read(base)).containsKeys("index.json", "manifest.json");
    assertHasBothLayers(base);
  }

  @Test
  void anythingElseIsNoImage() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> ImageArchive.forJib(empty, folder.resolve("copy.tar")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no image");
  }

  @Test
  void theSameImageHasTheSameBytes() throws Exception {
    Path other = folder.resolve("other.tar");
    Files.copy(base, other);
    ImageArchive.name(base, NAME);
    ImageArchive.name(other, NAME);
    assertThat(base).hasSameBinaryContentAs(other);
  }

  private void assertHasBothLayers(Path given) throws Exception {
    Path result = folder.resolve("result.tar");
    Path readable = ImageArchive.forJib(given, folder.resolve("caches/base.tar"));
    Path file = Files.writeString(folder.resolve("worker.txt"), "worker");
    build(Jib.from(TarImage.at(readable)).addLayer(List.of(file), "/"), result);
    ImageArchive.name(result, NAME);

    Map<String, byte[]> files = read(result);
    JsonNode docker = new ObjectMapper().readTree(files.get("manifest.json")).path(0);
    JsonNode index = new ObjectMapper().readTree(files.get("index.json"));
    assertThat(docker.at("/RepoTags/0").asText()).isEqualTo(NAME);
    assertThat(docker.path("Layers")).hasSize(2);
    assertThat(index.at("/manifests/0/annotations/io.containerd.image.name").asText())
        .isEqualTo("docker.io/library/" + NAME);
  }

  private void build(JibContainerBuilder image, Path tarball) throws Exception {
    Path caches = folder.resolve("caches");
    image
        .setFormat(ImageFormat.OCI)
        .containerize(
            Containerizer.to(TarImage.at(tarball).named(NAME))
                .setBaseImageLayersCache(caches.resolve("base"))
                .setApplicationLayersCache(caches.resolve("application")));
  }

  private static Map<String, byte[]> read(Path tarball) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(tarball))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }
}
