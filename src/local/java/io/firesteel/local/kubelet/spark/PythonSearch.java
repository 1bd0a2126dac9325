package io.firesteel.local.kubelet.spark;

import io.firesteel.local.kubelet.config.Python;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds the Python for the laptop's Spark: the interpreter of {@code PYSPARK_PYTHON} or else {@code
 * python3}, with the PySpark of {@code SPARK_HOME} or else its own {@code pyspark} package. PySpark
 * must be of the same minor version as the jars.
 *
 * @param env the environment of the user
 */
public record PythonSearch(Map<String, String> env) {

  static final String VERSION = "4.1.1";

  private static final String MINOR = "4.1.";
  private static final String INSTALL = "pip install pyspark==" + VERSION;
  private static final long TIMEOUT_SECONDS = 20;

  /** Prints the interpreter, the version of PySpark, and where its packages are. */
  private static final String SCRIPT =
      """
      import importlib.util, os, sys
      print(sys.executable)
      found = [importlib.util.find_spec(name) for name in ("pyspark", "py4j")]
      if all(found):
          folder = os.path.dirname(found[0].origin)
          version = {}
          exec(found[0].loader.get_data(os.path.join(folder, "version.py")), version)
          print(version["__version__"])
          for folder in dict.fromkeys(os.path.dirname(os.path.dirname(spec.origin)) for spec in found):
              print(folder)
      """;

  /** Takes the fraction of a second in which an interpreter starts. */
  public Python find() {
    String name = env.getOrDefault("PYSPARK_PYTHON", "python3");
    List<String> answer;
    try {
      answer = ask(name);
    } catch (IOException _) {
      return new Python.Missing(
          "Python jobs need %s, which is not on the PATH; install Python, then run `%s`"
              .formatted(name, INSTALL));
    }
    if (answer.size() < 3) {
      return new Python.Missing(
          "Python jobs need PySpark, which %s does not have; run `%s`".formatted(name, INSTALL));
    }
    if (!answer.get(1).startsWith(MINOR)) {
      return new Python.Missing(
          "Python jobs need PySpark %sx, and that of %s is %s; run `%s`"
              .formatted(MINOR, name, answer.get(1), INSTALL));
    }
    return new Python.Interpreter(answer.getFirst(), answer.subList(2, answer.size()));
  }

  private List<String> ask(String interpreter) throws IOException {
    var builder =
        new ProcessBuilder(interpreter, "-c", SCRIPT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(env);
    var path = new ArrayList<>(sparkHome());
    Stream.ofNullable(env.get("PYTHONPATH")).forEach(path::add);
    builder.environment().put("PYTHONPATH", String.join(File.pathSeparator, path));
    var process = builder.start();
    try {
      // The answer fits the pipe's buffer.
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        return List.of();
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? output.lines().toList() : List.of();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The folder and archives from which the scripts of a Spark distribution import PySpark. */
  private List<String> sparkHome() throws IOException {
    var home = env.getOrDefault("SPARK_HOME", "");
    var python = Path.of(home, "python");
    if (home.isEmpty() || !Files.isDirectory(python)) {
      return List.of();
    }
    var found = new ArrayList<>(List.of(python.toAbsolutePath().toString()));
    if (Files.isDirectory(python.resolve("lib"))) {
      try (var archives = Files.list(python.resolve("lib"))) {
        archives
            .filter(file -> file.toString().endsWith(".zip"))
            .map(file -> file.toAbsolutePath().toString())
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }
}
