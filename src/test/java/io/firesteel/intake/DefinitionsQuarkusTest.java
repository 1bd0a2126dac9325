package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Definitions as they change under a started worker. */
@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class DefinitionsQuarkusTest {

  private static final String TENANT =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: %s}
      spec: {maxConcurrency: 1}
      """;

  @Inject CurrentDefinitions definitions;

  private final Path folder =
      Path.of(ConfigProvider.getConfig().getValue("firesteel.definitions.directory", String.class));

  @Test
  void followsTheLinksOfAMountedConfigMapAndTellsAdmissionWhoIsGone() throws IOException {
    mount("..first", TENANT.formatted("spring"));
    Files.createSymbolicLink(folder.resolve("mounted.yaml"), Path.of("..data", "mounted.yaml"));
    until(now -> now.tenants().find("spring").isPresent());

    mount("..second", TENANT.formatted("summer"));
    until(now -> now.tenants().find("summer").isPresent());

    assertThat(definitions.get().tenants().find("spring")).isEmpty();
    var told = new ArrayList<InboxMessage>();
    try (TopicReader inbox =
        TopicReader.open(
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
            "firesteel-inbox")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            inbox.poll(record -> told.add(JsonCodec.read(record.value(), InboxMessage.class)));
            return told.contains(new InboxMessage.TenantRemoved("spring"));
          });
    }
  }

  @Test
  void keepsTheLastGoodVersionWhileAFileIsHalfWritten() throws IOException {
    Path file = folder.resolve("written.yaml");
    Files.writeString(file, TENANT.formatted("autumn"));
    until(now -> now.tenants().find("autumn").isPresent());

    Files.writeString(file, "apiVersion: firesteel.io/v1alpha1\nkind: Tenant\nmetadata: {na");
    until(now -> !now.errors().isEmpty());
    assertThat(definitions.get().errors().toString()).contains("written.yaml");
    assertThat(definitions.get().tenants().find("autumn")).isPresent();

    Files.writeString(file, TENANT.formatted("autumn").replace("1}", "7}"));
    until(now -> now.errors().isEmpty());
    assertThat(definitions.get().tenants().find("autumn").orElseThrow().limits().maxConcurrency())
        .isEqualTo(7);
  }

  /** As the kubelet does it: a new folder, and a link that changes in one step. */
  private void mount(String version, String text) throws IOException {
    Path content = Files.createDirectory(folder.resolve(version));
    Files.writeString(content.resolve("mounted.yaml"), text);
    Path link = folder.resolve("..data_tmp");
    Files.createSymbolicLink(link, Path.of(version));
    Files.move(
        link,
        folder.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void until(Predicate<Definitions> wanted) {
    await().atMost(Duration.ofSeconds(30)).until(() -> wanted.test(definitions.get()));
  }
}
