package io.firesteel.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefinitionPollerTest {

  private static final String TENANT =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: %s}
      spec: {maxConcurrency: %d}
      """;

  @TempDir Path directory;
  private DefinitionPoller poller;

  @BeforeEach
  void begin() throws IOException {
    write("a.yaml", TENANT.formatted("sales", 1));
    poller = new DefinitionPoller(directory);
    assertThat(poller.load().tenants().byName()).containsOnlyKeys("sales");
  }

  @Test
  void takesAChangeOverWhenItWasTheSameTwice() throws IOException {
    write("a.yaml", TENANT.formatted("sales", 2));

    assertThat(poller.poll()).isEmpty();
    assertThat(poller.poll().orElseThrow().tenants().find("sales").orElseThrow().maxConcurrency())
        .isEqualTo(2);
    assertThat(poller.poll()).isEmpty();
  }

  @Test
  void doesNotReadAFileThatIsStillBeingWritten() throws IOException {
    write("b.yaml", TENANT.formatted("risk", 1) + "---\napiVersion: fire");
    assertThat(poller.poll()).isEmpty();
    write("b.yaml", TENANT.formatted("risk", 1) + "---\n" + TENANT.formatted("ops", 1));
    assertThat(poller.poll()).isEmpty();

    assertThat(poller.poll().orElseThrow().tenants().byName())
        .containsOnlyKeys("sales", "risk", "ops");
  }

  @Test
  void keepsTheLastGoodVersionOfABadDocument() throws IOException {
    write("a.yaml", TENANT.formatted("sales", -5));

    Definitions definitions = twice();

    assertThat(definitions.tenants().find("sales").orElseThrow().maxConcurrency()).isEqualTo(1);
    assertThat(definitions.errors()).extracting(DefinitionError::file).containsExactly("a.yaml");
  }

  @Test
  void keepsAllOfAFileThatIsNoYamlAnyMore() throws IOException {
    write("a.yaml", "kind: [");

    assertThat(twice().tenants().byName()).containsOnlyKeys("sales");
  }

  @Test
  void dropsWhatWasDeleted() throws IOException {
    Files.delete(directory.resolve("a.yaml"));

    assertThat(twice().tenants().byName()).isEmpty();
  }

  @Test
  void keepsEverythingWhileTheDirectoryCannotBeRead() throws IOException {
    Path moved = directory.resolveSibling(directory.getFileName() + "-moved");
    Files.move(directory, moved);

    Definitions definitions = poller.poll().orElseThrow();

    assertThat(definitions.tenants().byName()).containsOnlyKeys("sales");
    assertThat(definitions.errors()).hasSize(1);
    Files.move(moved, directory);
    assertThat(poller.poll().orElseThrow().errors()).isEmpty();
  }

  @Test
  void followsTheLinkSwapOfAMountedConfigMap() throws IOException {
    version("..v1", 1);
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(directory.resolve("m.yaml"), Path.of("..data/m.yaml"));
    assertThat(twice().tenants().find("mounted").orElseThrow().maxConcurrency()).isEqualTo(1);

    version("..v2", 2);
    Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..v2"));
    Files.move(
        directory.resolve("..data_tmp"),
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE);

    Definitions definitions = twice();
    assertThat(definitions.tenants().find("mounted").orElseThrow().maxConcurrency()).isEqualTo(2);
    assertThat(definitions.errors()).isEmpty();
  }

  private void version(String name, int limit) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(folder.resolve("m.yaml"), TENANT.formatted("mounted", limit));
  }

  private Definitions twice() {
    assertThat(poller.poll()).isEmpty();
    return poller.poll().orElseThrow();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }
}
