package io.firesteel.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.firesteel.local.LaptopOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries of the example images call {@code run(job_id)}, and their end is the task's end. */
final class TaskEntryIT {

  private static final String TASK =
      """
      def run(job_id, *words):
          if job_id == "bad":
              raise ValueError("no such day")
          print(f"ran {job_id} with {' and '.join(words)}")
      """;

  @TempDir Path folder;

  private record Ended(int code, String printed) {}

  @Test
  void aPythonTaskGetsItsJobIdAndItsArguments() throws IOException, InterruptedException {
    Ended ended = python("task", "daily-7", "red", "blue");

    assertThat(ended.printed()).isEqualTo("ran daily-7 with red and blue");
    assertThat(ended.code()).isZero();
  }

  @Test
  void aPythonTaskThatRaisesFailsItsDriver() throws IOException, InterruptedException {
    Ended ended = python("task", "bad");

    assertThat(ended.printed()).contains("ValueError: no such day");
    assertThat(ended.code()).isNotZero();
  }

  @Test
  void aPythonEntryWithoutAJobIdReportsIt() throws IOException, InterruptedException {
    assertThat(python("task").printed()).isEqualTo("usage: entry.py MODULE JOB_ID [ARGUMENT...]");
  }

  @Test
  void aJavaTaskRunsOnSparkWithItsJobId() throws IOException, InterruptedException {
    Path jars = LaptopOptions.checkoutHome().resolve("target/spark-4.1.1/jars");
    assumeTrue(Files.isDirectory(jars), "needs Spark: mvn -f src/spark/pom.xml package");
    Ended compiled =
        ended(
            List.of(
                ofTheJdk("javac"),
                "-cp",
                jars + "/*",
                "-d",
                folder.toString(),
                "docker/task-java/Entry.java"),
            Map.of());
    assertThat(compiled.code()).as(compiled.printed()).isZero();

    Ended ended = ended(javaCommand(jars, "Entry", "daily-7"), Map.of());

    assertThat(ended.printed()).contains("daily-7: pi is about 3.1");
    assertThat(ended.code()).isZero();
  }

  private List<String> javaCommand(Path jars, String... words) {
    List<String> command = new ArrayList<>();
    command.add(ofTheJdk("java"));
    Stream.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch")
        .forEach(open -> command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m", "-Dspark.master=local[1]"));
    command.addAll(List.of("-Dspark.ui.enabled=false", "-cp", folder + ":" + jars + "/*"));
    command.addAll(List.of(words));
    return command;
  }

  private static String ofTheJdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private Ended python(String... words) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("task.py"), TASK);
    List<String> command = new ArrayList<>(List.of("python3", "docker/spark-base/entry.py"));
    command.addAll(List.of(words));
    try {
      return ended(
          command, Map.of("PYTHONPATH", folder.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
    } catch (IOException e) {
      assumeTrue(false, "needs python3: " + e.getMessage());
      throw e;
    }
  }

  private static Ended ended(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), printed.strip());
  }
}
