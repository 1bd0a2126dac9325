package io.firesteel.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state directory of one Kafka Streams application. Its content survives a restart only if the
 * last run shut down cleanly, and not long ago. A file records the time of a clean shutdown; it
 * exists only while no run uses the directory.
 */
final class LocalState {

  static final String CLEAN_SHUTDOWN = "clean-shutdown";

  private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);
  private static final String LOCK = ".lock";

  /** Kafka Streams' own files: the lock is held, and the process id outlives the state. */
  private static final Set<String> KEPT = Set.of(LOCK, "kafka-streams-process-metadata");

  private final Path directory;
  private final Duration maxAge;
  private final InstantSource clock;

  /**
   * @param directory of the application, below the replica's state directory
   * @param maxAge of a clean shutdown, well below the changelogs' {@code delete.retention.ms}
   */
  LocalState(Path directory, Duration maxAge, InstantSource clock) {
    this.directory = directory;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** Why state must be restored from Kafka; empty if the local copy can be used. */
  static Optional<String> reasonToWipe(
      Optional<Instant> cleanShutdown, Instant now, Duration maxAge) {
    if (cleanShutdown.isEmpty()) {
      return Optional.of("the last run did not shut down cleanly");
    }
    Instant shutdown = cleanShutdown.get();
    if (shutdown.isAfter(now)) {
      return Optional.of("the last shutdown, at %s, is in the future".formatted(shutdown));
    }
    return Duration.between(shutdown, now).compareTo(maxAge) > 0
        ? Optional.of("the last shutdown, at %s, is more than %s ago".formatted(shutdown, maxAge))
        : Optional.empty();
  }

  /**
   * Deletes state that cannot be used. The caller holds Kafka Streams' lock on the directory. If
   * this fails or is interrupted, the next call deletes what is left.
   */
  void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Optional<Instant> cleanShutdown = readCleanShutdown();
    Files.deleteIfExists(directory.resolve(CLEAN_SHUTDOWN));
    Utils.flushDir(directory);
    Optional<String> reason = reasonToWipe(cleanShutdown, clock.instant(), maxAge);
    List<Path> state = state();
    if (reason.isPresent() && !state.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("application", directory.getFileName())
          .log("Wiping local state and restoring it from Kafka: {}", reason.get());
      for (Path path : state) {
        Utils.delete(path.toFile());
      }
    }
  }

  /**
   * Records that Kafka Streams closed. Does nothing if there is no directory or another process
   * already uses it.
   */
  void recordCleanShutdown() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (FileChannel file = open(LOCK);
        FileLock lock = file.tryLock()) {
      if (lock != null) {
        write(clock.instant().toString());
      }
    } catch (OverlappingFileLockException _) {
      LOG.atWarn()
          .addKeyValue("application", directory.getFileName())
          .log("Another instance in this process uses the state directory");
    }
  }

  private void write(String time) throws IOException {
    try (FileChannel mark = open(CLEAN_SHUTDOWN)) {
      Utils.writeFully(mark, ByteBuffer.wrap(Utils.utf8(time)));
      mark.force(true);
    }
    Utils.flushDir(directory);
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private Optional<Instant> readCleanShutdown() {
    try {
      return Optional.of(Instant.parse(Files.readString(directory.resolve(CLEAN_SHUTDOWN))));
    } catch (IOException | DateTimeException _) {
      return Optional.empty();
    }
  }

  private List<Path> state() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !KEPT.contains(file.getFileName().toString())).toList();
    }
  }
}
