package io.firesteel.driver.features;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.TestJson;
import io.firesteel.job.Sha256;
import io.firesteel.spec.SparkLine;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Spark's own driver builder of one version, in a process of its own that answers until another
 * version is asked. Its answers are kept under {@code target/oracle} by what was asked and who
 * answered, so that a second run does not start it.
 */
public final class SparkOracle {

  /** The version that answers for each line. Spark 3.3 is not among the jars that Maven finds. */
  public static final Map<SparkLine, String> VERSIONS =
      new TreeMap<>(
          Map.of(
              SparkLine.V3_0, "3.0.0",
              SparkLine.V3_1, "3.1.2",
              SparkLine.V3_2, "3.2.1",
              SparkLine.V3_4, "3.4.2",
              SparkLine.V3_5, "3.5.6",
              SparkLine.V4_0, "4.0.1",
              SparkLine.V4_1, "4.1.1"));

  private static final Path SOURCE = Path.of("src/oracle/java/Oracle.java");
  private static final Path POM = Path.of("src/oracle/pom.xml");
  private static final List<String> OPENED =
      List.of("java.lang", "java.nio", "java.util", "sun.nio.ch");

  /** The process that answers, and its version. */
  private record Running(String version, Process process, BufferedReader out, BufferedWriter in) {}

  private static @Nullable Running running;

  private final String version;

  /** The oracle of a line. */
  public SparkOracle(SparkLine line) {
    this.version = Objects.requireNonNull(VERSIONS.get(line));
  }

  /** The full version of the Spark that answers. */
  public String version() {
    return version;
  }

  /** What Spark says to the cases, in their order. */
  public List<JsonNode> answers(List<?> cases) throws IOException {
    List<String> asked = cases.stream().map(TestJson::line).toList();
    String key =
        Sha256.of(String.join("\n", asked) + Files.readString(SOURCE) + Files.readString(POM));
    Path kept = directory().resolve("answers-" + key.substring(0, 16) + ".jsonl");
    if (!Files.exists(kept)) {
      Path fresh = directory().resolve("answers.tmp");
      Files.write(fresh, ask(asked));
      Files.move(fresh, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.readAllLines(kept).stream().map(TestJson::read).toList();
  }

  /** How fast it builds; see {@code Oracle.bench}. */
  public JsonNode bench(List<?> cases, int seconds) throws IOException {
    var process = start(List.of(), List.of("bench", Integer.toString(seconds)));
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(cases.stream().map(TestJson::line).collect(Collectors.joining("\n", "", "\n")));
    }
    return TestJson.read(finish(process, log()));
  }

  private List<String> ask(List<String> cases) throws IOException {
    Running oracle = running();
    var answers = new ArrayList<String>();
    for (String one : cases) {
      oracle.in().write(one + "\n");
      oracle.in().flush();
      String answer = oracle.out().readLine();
      if (answer == null) {
        throw new IOException("the oracle failed, see " + log());
      }
      answers.add(answer);
    }
    return answers;
  }

  /** It ends by itself when this process does, as its input ends then. */
  private Running running() throws IOException {
    if (running == null || !running.version().equals(version)) {
      if (running != null) {
        running.process().destroy();
      }
      // Short runs spend their time in the compiler.
      Process process = start(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), List.of());
      running =
          new Running(
              version,
              process,
              process.inputReader(StandardCharsets.UTF_8),
              process.outputWriter(StandardCharsets.UTF_8));
    }
    return running;
  }

  private Process start(List<String> options, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(p -> command.addAll(List.of("--add-opens", "java.base/" + p + "=ALL-UNNAMED")));
    command.addAll(options);
    command.addAll(List.of("-Xmx1g", "-Dspark.testing=true", "-cp", classPath()));
    command.add(SOURCE.toString());
    command.addAll(arguments);
    var process = new ProcessBuilder(command).redirectError(log().toFile());
    process.environment().put("SPARK_USER", "spark");
    process
        .environment()
        .keySet()
        .removeIf(k -> k.endsWith("_CONF_DIR") || k.startsWith("PYSPARK"));
    return process.start();
  }

  private static String finish(Process process, Path log) throws IOException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("the oracle failed, see " + log + "\n" + out);
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
    var command = new ArrayList<String>(List.of("mvn", "-q", "-B", "-f", POM.toString()));
    command.add("-Dspark.version=" + version);
    if (version.startsWith("3.")) {
      String newest = VERSIONS.get(SparkLine.V3_5);
      command.addAll(List.of("-Dscala.version=2.12", "-Dunsafe.version=" + newest));
    }
    command.add("generate-resources");
    var maven = new ProcessBuilder(command).redirectErrorStream(true);
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectories(directory());
    finish(maven.start(), file);
    return Files.readString(file).strip();
  }

  private Path log() {
    return directory().resolve("oracle.log");
  }

  private Path directory() {
    return Path.of("target/oracle", version);
  }
}
