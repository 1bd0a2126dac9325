package io.firesteel.intake;

import io.firesteel.kafka.TestBroker;
import io.firesteel.local.kafka.RunningBroker;
import io.firesteel.rest.TestTokens;
import io.firesteel.schema.Schemas;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker of its own and two tenants for a started worker. */
public final class LocalKafka implements QuarkusTestResourceLifecycleManager {

  private @Nullable RunningBroker broker;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "intake-");
      Path definitions = Files.createDirectory(folder.resolve("definitions"));
      for (String example : Schemas.files("examples", ".yaml")) {
        Files.copy(
            Path.of("schemas", example), definitions.resolve(Path.of(example).getFileName()));
      }
      RunningBroker started = TestBroker.start(folder.resolve("kafka"));
      broker = started;
      return Map.ofEntries(
          Map.entry("kafka.bootstrap.servers", started.bootstrapServers()),
          Map.entry("firesteel.definitions.directory", definitions.toString()),
          Map.entry("firesteel.streams.state-directory", folder.resolve("state").toString()),
          Map.entry("firesteel.definitions.poll-interval", "PT0.2S"),
          Map.entry("quarkus.devservices.enabled", "false"),
          Map.entry("quarkus.http.test-port", "0"),
          Map.entry("quarkus.oidc.tenant-enabled", "true"),
          Map.entry("quarkus.oidc.public-key", TestTokens.publicKey()),
          Map.entry("firesteel.topics.partitions", "2"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.close();
    }
  }
}
