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
 * Makes the local Spark start fast: runs a little job once and keeps which classes driver and
 * executor loaded. Takes about half a minute the first time and after a change of JDK or jars, and
 * no time after that. Two that run at once take turns; one that is interrupted leaves nothing that
 * is used. Run it with the folder of Spark as its argument.
 */
public final class PrepareSpark {

  private static final Path USUAL_HOME = Path.of("target", "spark-4.1.1");

  private PrepareSpark() {}

  public static void main(String[] args) {
    try {
      var spark = SparkDistribution.at(args.length > 0 ? Path.of(args[0]) : USUAL_HOME);
      prepare(spark, line -> System.out.println(line));
    } catch (IOException | RuntimeException e) {
      System.err.println("Spark could not be made ready: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Returns at once, and says nothing, if nothing is to be done. */
  public static void prepare(SparkDistribution spark, Consumer<String> progress)
      throws IOException {
    if (!spark.isBuilt()) {
      throw new IOException(
          "There is no Spark in %s: run `mvn -q -f src/spark/pom.xml package`"
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
    progress.accept("Getting Spark ready: a first small job, about half a minute, only once ...");
    var folder = spark.archives().resolve("recording");
    remove(folder);
    Files.createDirectories(folder);
    new ArchiveRecording(spark, folder).run();
    publish(folder, spark.executorArchive());
    publish(folder, spark.driverArchive());
    remove(folder);
    progress.accept(
        "Spark is ready after %d s".formatted(Duration.between(start, Instant.now()).toSeconds()));
  }

  private static void publish(Path folder, Path archive) throws IOException {
    var made = folder.resolve(archive.getFileName());
    if (!Files.exists(made)) {
      throw new IOException("Spark ran, but left no " + archive.getFileName() + " in " + folder);
    }
    Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The JVM cannot wait for a lock that it holds itself, in another thread. */
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
