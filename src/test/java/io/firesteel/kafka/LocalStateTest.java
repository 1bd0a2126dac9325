package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which state survives a restart, in a real directory. */
final class LocalStateTest {

  private static final Duration MAX_AGE = Duration.ofHours(12);

  @TempDir private Path directory;
  private Path application;
  private Path neighbour;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @BeforeEach
  void run() throws IOException {
    application = Files.createDirectory(directory.resolve("admission"));
    neighbour = Files.createDirectories(directory.resolve("status/global"));
    Files.writeString(application.resolve("kafka-streams-process-metadata"), "id");
    Files.writeString(application.resolve(".lock"), "");
    state().prepare();
    Files.createDirectories(application.resolve("0_1/rocksdb/store"));
    Files.writeString(application.resolve("0_1/rocksdb/store/000001.sst"), "sorted");
    Files.writeString(application.resolve("0_1/.checkpoint"), "offsets");
  }

  private LocalState state() {
    return new LocalState(application, MAX_AGE, () -> now);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "never",
      textBlock =
          """
          never,                    true
          2026-03-01T12:00:00Z,     false
          2026-03-01T11:59:00Z,     false
          2026-03-01T00:00:00Z,     false
          2026-02-28T23:59:59.999Z, true
          2026-01-01T00:00:00Z,     true
          2026-03-01T12:00:00.001Z, true
          2027-03-01T12:00:00Z,     true
          """)
  void stateIsWipedUnlessTheLastShutdownWasCleanAndRecent(Instant shutdown, boolean wiped) {
    assertThat(LocalState.reasonToWipe(Optional.ofNullable(shutdown), now, MAX_AGE).isPresent())
        .isEqualTo(wiped);
  }

  @Test
  void aKilledRunLeavesNoState() throws IOException {
    state().prepare();

    assertThat(application.resolve("0_1")).doesNotExist();
  }

  @Test
  void aCleanShutdownKeepsTheState() throws IOException {
    state().recordCleanShutdown();
    now = now.plus(MAX_AGE);
    state().prepare();

    assertThat(application.resolve("0_1/rocksdb/store/000001.sst")).exists();
    assertThat(application.resolve("0_1/.checkpoint")).exists();
  }

  @Test
  void aCleanShutdownCountsForOneStartOnly() throws IOException {
    state().recordCleanShutdown();
    state().prepare();
    state().prepare();

    assertThat(application.resolve("0_1")).doesNotExist();
  }

  @Test
  void aShutdownThatIsTooLongAgoLeavesNoState() throws IOException {
    state().recordCleanShutdown();
    now = now.plus(MAX_AGE).plusMillis(1);
    state().prepare();

    assertThat(application.resolve("0_1")).doesNotExist();
  }

  @Test
  void aClockThatWentBackLeavesNoState() throws IOException {
    state().recordCleanShutdown();
    now = now.minusSeconds(1);
    state().prepare();

    assertThat(application.resolve("0_1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-03-01T11:5", "yesterday"})
  void aTruncatedRecordOfAShutdownLeavesNoState(String text) throws IOException {
    Files.writeString(application.resolve(LocalState.CLEAN_SHUTDOWN), text);
    state().prepare();

    assertThat(application.resolve("0_1")).doesNotExist();
  }

  @Test
  void theProcessIdAndOtherApplicationsSurviveAWipe() throws IOException {
    state().prepare();

    assertThat(application.resolve("kafka-streams-process-metadata")).hasContent("id");
    assertThat(application.resolve(".lock")).exists();
    assertThat(neighbour).exists();
  }

  @Test
  void aShutdownIsNotRecordedWhenAnotherInstanceHasTheLock() throws IOException {
    try (FileChannel file =
            FileChannel.open(application.resolve(".lock"), StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      state().recordCleanShutdown();
      assertThat(lock.isShared()).isFalse();
    }

    assertThat(application.resolve(LocalState.CLEAN_SHUTDOWN)).doesNotExist();
  }

  @Test
  void anApplicationWithoutADirectoryIsLeftAlone() throws IOException {
    LocalState stateless = new LocalState(directory.resolve("none"), MAX_AGE, () -> now);
    stateless.prepare();
    stateless.recordCleanShutdown();

    assertThat(directory.resolve("none")).doesNotExist();
  }
}
