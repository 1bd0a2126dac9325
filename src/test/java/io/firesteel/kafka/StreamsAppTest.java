package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real Kafka Streams instances, without a broker, leave to the next one. */
final class StreamsAppTest {

  private static final String APPLICATION = "table";

  @TempDir private Path directory;
  private Path task;

  @BeforeEach
  void anEarlierRunLeftState() throws IOException {
    task = Files.createDirectories(directory.resolve(APPLICATION).resolve("0_0"));
    Files.writeString(task.resolve(".checkpoint"), "0\n0\n");
  }

  private StreamsApp start() {
    return StreamsApp.start(
        APPLICATION,
        topology(),
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            APPLICATION,
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            "localhost:1",
            StreamsConfig.STATE_DIR_CONFIG,
            directory.toString()),
        new LocalState(
            directory.resolve(APPLICATION), Duration.ofHours(1), InstantSource.system()));
  }

  private static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.table("jobs", Consumed.with(Serdes.String(), Serdes.String()), Materialized.as("jobs"));
    return builder.build();
  }

  @Test
  void aStartAfterACrashWipesTheState() {
    start().close();

    assertThat(task).doesNotExist();
  }

  @Test
  void aStartAfterACleanShutdownKeepsTheState() throws IOException {
    start().close();
    Files.createDirectories(task);
    Files.writeString(task.resolve(".checkpoint"), "0\n0\n");

    try (StreamsApp _ = start()) {
      assertThat(task.resolve(".checkpoint")).exists();
      assertThat(task.resolveSibling(LocalState.CLEAN_SHUTDOWN)).doesNotExist();
    }
    assertThat(task.resolveSibling(LocalState.CLEAN_SHUTDOWN)).exists();
  }

  @Test
  void aSecondInstanceInTheSameDirectoryFailsAndTouchesNothing() throws IOException {
    try (StreamsApp _ = start()) {
      Files.createDirectories(task);

      assertThatThrownBy(this::start).isInstanceOf(StreamsException.class);

      assertThat(task).exists();
    }
  }
}
