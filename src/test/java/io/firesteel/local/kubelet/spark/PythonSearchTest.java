package io.firesteel.local.kubelet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.firesteel.local.kubelet.config.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonSearchTest {

  @TempDir private Path folder;

  @Test
  void findsThePySparkOfASparkDistribution() throws IOException {
    assumePython();
    Path home = distribution("4.1.1");

    assertThat(find(Map.of("SPARK_HOME", home.toString())))
        .isInstanceOfSatisfying(
            Python.Interpreter.class,
            python -> {
              assertThat(Path.of(python.executable())).isExecutable().isAbsolute();
              assertThat(python.path())
                  .containsExactly(
                      home.resolve("python/lib/pyspark.zip").toString(),
                      home.resolve("python/lib/py4j-0.10.9.9-src.zip").toString());
            });
  }

  @Test
  void findsThePySparkPackageOfTheInterpreter() throws IOException {
    assumePython();
    Path packages = packages("4.1.0");

    assertThat(find(Map.of("PYTHONPATH", packages.toString())))
        .isInstanceOfSatisfying(
            Python.Interpreter.class,
            python -> assertThat(python.path()).containsExactly(packages.toString()));
  }

  @Test
  void saysHowToInstallWhatIsMissing() throws IOException {
    assertThat(reason(Map.of("PYSPARK_PYTHON", "/nowhere/python")))
        .isEqualTo(
            "Python jobs need /nowhere/python, which is not on the PATH; install Python, then run"
                + " `pip install pyspark==4.1.1`");
    assumePython();
    assertThat(reason(Map.of("PYTHONPATH", packages("3.5.1").toString())))
        .isEqualTo(
            "Python jobs need PySpark 4.1.x, and that of python3 is 3.5.1; run `pip install"
                + " pyspark==4.1.1`");
    // Without site-packages, where a PySpark may be.
    Path bare = Files.writeString(folder.resolve("bare"), "#!/bin/sh\nexec python3 -S \"$@\"\n");
    assertThat(bare.toFile().setExecutable(true)).isTrue();
    assertThat(reason(Map.of("PYSPARK_PYTHON", bare.toString())))
        .isEqualTo(
            "Python jobs need PySpark, which %s does not have; run `pip install pyspark==4.1.1`"
                .formatted(bare));
  }

  @Test
  void anInterpreterThatAnswersNonsenseIsOneWithoutPySpark() throws IOException {
    assertThat(reason(Map.of("PYSPARK_PYTHON", "/bin/false"))).contains("does not have");
    assertThat(reason(Map.of("PYSPARK_PYTHON", "/bin/echo"))).contains("need PySpark");
  }

  private static Python find(Map<String, String> settings) {
    Map<String, String> env = new HashMap<>(System.getenv());
    env.keySet().removeIf(name -> name.matches("SPARK_HOME|PYSPARK_PYTHON|PYTHONPATH"));
    env.putAll(settings);
    return new PythonSearch(env).find();
  }

  private static String reason(Map<String, String> settings) {
    return switch (find(settings)) {
      case Python.Missing(var reason) -> reason;
      case Python.Interpreter found -> throw new AssertionError(found);
    };
  }

  private static void assumePython() throws IOException {
    assumeThat(find(Map.of())).as("python3").matches(found -> !found.toString().contains("PATH"));
  }

  private Path packages(String version) throws IOException {
    Path packages = folder.resolve("packages-" + version);
    Path pyspark = Files.createDirectories(packages.resolve("pyspark"));
    Files.writeString(pyspark.resolve("__init__.py"), "raise SystemExit('imported')");
    Files.writeString(pyspark.resolve("version.py"), version(version));
    Path py4j = Files.createDirectories(packages.resolve("py4j"));
    Files.writeString(py4j.resolve("__init__.py"), "");
    return packages;
  }

  private Path distribution(String version) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("spark/python/lib"));
    zip(
        lib.resolve("pyspark.zip"),
        Map.of("pyspark/__init__.py", "", "pyspark/version.py", version(version)));
    zip(lib.resolve("py4j-0.10.9.9-src.zip"), Map.of("py4j/__init__.py", ""));
    return folder.resolve("spark");
  }

  private static String version(String version) {
    return "__version__: str = \"%s\"%n".formatted(version);
  }

  private static void zip(Path archive, Map<String, String> files) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
  }
}
