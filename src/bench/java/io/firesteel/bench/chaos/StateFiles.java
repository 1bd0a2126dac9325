package io.firesteel.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Counts the table files of RocksDB that appear below the workers' state directories: what it
 * flushed from memory, and what it compacted afterwards. Looks often, and may miss short-lived
 * ones.
 */
final class StateFiles {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final Path workers;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  StateFiles(Path workers) {
    this.workers = workers;
  }

  /** Looks until told to stop. */
  Void watch(BooleanSupplier stop) throws InterruptedException {
    while (!stop.getAsBoolean()) {
      look();
      Thread.sleep(POLL_INTERVAL);
    }
    return null;
  }

  private void look() {
    Set<Path> folders = new HashSet<>();
    folders.add(workers);
    for (Path folder : folders) {
      try (Stream<Path> files =
          Files.find(folder, Integer.MAX_VALUE, (path, _) -> path.toString().endsWith(".sst"))) {
        files.forEach(this::add);
      } catch (IOException | UncheckedIOException _) {
        // A worker has deleted a file or a folder meanwhile; the next look sees the others.
      }
    }
  }

  private void add(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      seen.add(file + " " + attributes.fileKey() + " " + attributes.creationTime());
    } catch (IOException _) {
      // Compacted away.
    }
  }

  /** How many there were of admission's stores. */
  long ofAdmission() {
    return seen.stream().filter(file -> file.contains("/firesteel-admission/")).count();
  }

  /** How many there were of all stores. */
  int count() {
    return seen.size();
  }
}
