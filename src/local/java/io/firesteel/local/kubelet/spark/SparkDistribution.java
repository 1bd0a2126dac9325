package io.firesteel.local.kubelet.spark;

import io.firesteel.local.kubelet.config.SparkInstallation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The local Spark that {@code mvn -f src/spark/pom.xml package} builds, and its class-data
 * archives, which halve the start time of drivers and executors. An archive fits one JDK and one
 * set of jars; the fingerprint in its name prevents a mismatch. Archives are optional.
 *
 * @param home the folder with {@code jars}, {@code examples} and, once prepared, {@code cds}
 * @param javaHome the JDK for Spark
 */
public record SparkDistribution(Path home, Path javaHome) {

  /** The Spark in the folder, with the JDK of this JVM. */
  public static SparkDistribution at(Path home) {
    return new SparkDistribution(
        home.toAbsolutePath().normalize(), Path.of(System.getProperty("java.home")));
  }

  /** Whether Spark is built. */
  public boolean isBuilt() {
    return Files.exists(home.resolve("examples/firesteel-examples.jar"))
        && Files.isDirectory(home.resolve("jars"));
  }

  /** Whether archives for this JDK and these jars exist. */
  public boolean isPrepared() {
    return isBuilt() && Files.exists(driverArchive()) && Files.exists(executorArchive());
  }

  /** The installation for pods, with archives if they exist. */
  public SparkInstallation installation() {
    return isPrepared()
        ? installation("-XX:SharedArchiveFile=", driverArchive(), executorArchive(), false)
        : new SparkInstallation(javaHome, home, classPath(), List.of(), List.of(), false);
  }

  /** The installation for one driver and one executor, which write their archives to the folder. */
  SparkInstallation recordingInstallation(Path folder) {
    var driver = folder.resolve(driverArchive().getFileName());
    var executor = folder.resolve(executorArchive().getFileName());
    return installation("-XX:ArchiveClassesAtExit=", driver, executor, true);
  }

  Path archives() {
    return home.resolve("cds");
  }

  Path driverArchive() {
    return archives().resolve("driver-" + fingerprint() + ".jsa");
  }

  Path executorArchive() {
    return archives().resolve("executor-" + fingerprint() + ".jsa");
  }

  private SparkInstallation installation(
      String flag, Path driver, Path executor, boolean recording) {
    return new SparkInstallation(
        javaHome, home, classPath(), List.of(flag + driver), List.of(flag + executor), recording);
  }

  private String classPath() {
    return jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private List<Path> jars() {
    try (var files = Files.list(home.resolve("jars"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s contains no Spark; run `mvn -q -f src/spark/pom.xml package`".formatted(home), e);
    }
  }

  /**
   * The JVM compares sizes and times of jars itself and silently ignores an archive that does not
   * match.
   */
  private String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      add(digest, javaHome + System.getProperty("java.vm.version"));
      for (var jar : jars()) {
        add(digest, jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the jars in " + home, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
