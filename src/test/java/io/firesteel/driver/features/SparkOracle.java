package io.firesteel.driver.features;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.TestJson;
import io.firesteel.job.Sha256;
import io.firesteel.spec.SparkLine;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Spark's own driver builder of one line, in a process of its own. Its answers are kept under
 * {@code target/oracle} by what was asked and who answered, so that a second run does not start it.
 */
public final class SparkOracle {

  private static final Path SOURCE = Path.of("src/oracle/java/Oracle.java");
  private static final List<String> OPENED =
      List.of("java.lang", "java.nio", "java.util", "sun.nio.ch");

  private final SparkLine line;

  /** The oracle of a line. */
  public SparkOracle(SparkLine line) {
    this.line = line;
  }

  /** The full version of the Spark that answers. */
  public String version() throws IOException {
    return Arrays.stream(classPath().split(File.pathSeparator))
        .map(jar -> Path.of(jar).getFileName().toString())
        .filter(jar -> jar.startsWith("spark-kubernetes_"))
        .map(jar -> jar.replaceAll(".*-|\\.jar", ""))
        .findFirst()
        .orElseThrow();
  }

  /** What Spark says to the cases, in their order. */
  public List<JsonNode> answers(List<?> cases) throws IOException {
    String asked = cases.stream().map(TestJson::line).collect(Collectors.joining("\n", "", "\n"));
    String key = Sha256.of(asked + Files.readString(SOURCE) + Files.readString(pom()));
    Path kept = directory().resolve("answers-" + key.substring(0, 16) + ".jsonl");
    if (!Files.exists(kept)) {
      Path fresh = directory().resolve("answers.tmp");
      Files.write(fresh, run(asked, List.of()));
      Files.move(fresh, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.readAllLines(kept).stream().map(TestJson::read).toList();
  }

  /** How fast it builds; see {@code Oracle.bench}. */
  public JsonNode bench(List<?> cases, int seconds) throws IOException {
    String asked = cases.stream().map(TestJson::line).collect(Collectors.joining("\n", "", "\n"));
    byte[] out = run(asked, List.of("bench", Integer.toString(seconds)));
    return TestJson.read(new String(out, StandardCharsets.UTF_8));
  }

  private byte[] run(String asked, List<String> arguments) throws IOException {
    Path in = Files.createTempFile("oracle", ".jsonl");
    Path log = directory().resolve("oracle.log");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(p -> command.addAll(List.of("--add-opens", "java.base/" + p + "=ALL-UNNAMED")));
    command.addAll(List.of("-Xmx1g", "-Dspark.testing=true", "-cp", classPath()));
    command.add(SOURCE.toString());
    command.addAll(arguments);
    try {
      Files.writeString(in, asked);
      var process =
          new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(log.toFile());
      process.environment().put("SPARK_USER", "spark");
      process
          .environment()
          .keySet()
          .removeIf(k -> k.endsWith("_CONF_DIR") || k.startsWith("PYSPARK"));
      return finish(process.start(), log);
    } finally {
      Files.delete(in);
    }
  }

  private static byte[] finish(Process process, Path log) throws IOException {
    byte[] out = process.getInputStream().readAllBytes();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("the oracle failed, see " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return out;
  }

  /** Resolved by Maven once, and again if a jar is gone. */
  private String classPath() throws IOException {
    Path file = directory().resolve("classpath");
    if (Files.exists(file)) {
      String known = Files.readString(file).strip();
      if (Arrays.stream(known.split(File.pathSeparator)).allMatch(j -> Files.exists(Path.of(j)))) {
        return known;
      }
    }
    var maven =
        new ProcessBuilder("mvn", "-q", "-B", "-f", pom().toString(), "generate-resources")
            .redirectErrorStream(true);
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectories(directory());
    finish(maven.start(), file);
    return Files.readString(file).strip();
  }

  private Path pom() {
    return Path.of("src/oracle", "spark-" + line, "pom.xml");
  }

  private Path directory() {
    return Path.of("target/oracle", line.toString());
  }
}
