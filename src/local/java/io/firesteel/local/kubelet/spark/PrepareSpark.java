package io.firesteel.local.kubelet.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Prepares the local Spark for a fast start: runs a small job once and archives the classes that
 * driver and executor load. Takes about half a minute at first and after a change of the JDK or the
 * jars. Concurrent runs wait for each other; an interrupted run leaves nothing in use. The argument
 * is the folder of Spark.
 */
public final class PrepareSpark {

  private static final Path DEFAULT_HOME = Path.of("target", "spark-4.1.1");

  private PrepareSpark() {}

  public static void main(String[] args) {
    try {
      var spark = SparkDistribution.at(args.length > 0 ? Path.of(args[0]) : DEFAULT_HOME);
      prepare(spark, line -> System.out.println(line));
    } catch (IOException | RuntimeException e) {
      System.err.println("Cannot prepare Spark: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Prepares Spark, unless it is prepared already. */
  public static void prepare(SparkDistribution spark, Consumer<String> progress)
      throws IOException {
    if (!spark.isBuilt()) {
      throw new IOException(
          "%s contains no Spark; run `mvn -q -f src/spark/pom.xml package`"
              .formatted(spark.home()));
    }
    if (spark.isPrepared()) {
      return;
    }
    Files.createDirectories(spark.archives());
    try (var channel =
            FileChannel.open(
                spark.archives().resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = lock(channel)) {
      if (lock.isValid() && !spark.isPrepared()) {
        recordArchives(spark, progress);
      }
    }
  }

  private static void recordArchives(SparkDistribution spark, Consumer<String> progress)
      throws IOException {
    var start = Instant.now();
    progress.accept("Preparing Spark with a small job (once, about half a minute) ...");
    var folder = spark.archives().resolve("recording");
    remove(folder);
    Files.createDirectories(folder);
    new ArchiveRecording(spark, folder).run();
    publish(folder, spark.executorArchive());
    publish(folder, spark.driverArchive());
    remove(folder);
    progress.accept(
        "Prepared Spark in %d s".formatted(Duration.between(start, Instant.now()).toSeconds()));
  }

  private static void publish(Path folder, Path archive) throws IOException {
    var recorded = folder.resolve(archive.getFileName());
    if (!Files.exists(recorded)) {
      throw new IOException("Spark wrote no " + archive.getFileName() + " in " + folder);
    }
    Files.move(recorded, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Waits for a lock that another process or thread holds; the JVM itself rejects a second lock
   * from the same process.
   */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException _) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(PrepareSpark::delete);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
