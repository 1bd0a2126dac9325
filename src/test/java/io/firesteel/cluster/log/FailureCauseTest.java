package io.firesteel.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.docs.GeneratedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads logs of drivers of Spark 4.1.1, and writes what they tell into docs/failures.md. */
final class FailureCauseTest {

  private static final Path LOGS = Path.of("src/test/resources/driver-logs");
  private static final int TAIL_LINES = 20;

  /** A failure, the log of a driver that had it, and its remedy. */
  enum Sample {
    MISSING_CLASS(
        "the main class is in no jar",
        "Correct `mainClass`, or name the jar that has it in `mainApplicationFile` or `deps.jars`"),
    MISSING_JAR(
        "the image lacks the jar", "Correct `mainApplicationFile`, or put the jar into the image"),
    UNREACHABLE_JAR(
        "a server of a jar does not answer",
        "Check the addresses in `mainApplicationFile` and `deps`, and the namespace's egress"),
    MISSING_PACKAGE(
        "no repository has a package",
        "Correct `deps.packages`, or add the package's repository to `deps.repositories`"),
    MISSING_FILE_SYSTEM(
        "the image lacks a connector, here that of `s3a:`",
        "Add `hadoop-aws`, `hadoop-azure` or the like to the image, in Hadoop's version"),
    DEEP_EXCEPTION("the application throws", "Read the causes from the last one upwards"),
    PYTHON_EXCEPTION("the Python program raises", "Look at the line of the program"),
    MISSING_PYTHON_FILE(
        "the image lacks the Python file",
        "Correct `mainApplicationFile`, or put the file into the image"),
    MISSING_PYTHON_MODULE(
        "the image lacks a Python module", "Put it into the image, or into `deps.pyFiles`"),
    SQL_TABLE(
        "Spark SQL reports an error class",
        "Look the error class or the SQLSTATE up in Spark's list of error conditions"),
    SQL_SYNTAX("a statement cannot be parsed", "Correct the statement at the position"),
    SQL_ARITHMETIC("a task fails", "Read the message: it is that of the task"),
    MISSING_PATH("the input does not exist", "Correct the path, or wait for the input"),
    S3_ACCESS_DENIED(
        "S3 denies access",
        "Grant the service account's role the action on the bucket; check its region and keys"),
    ABFS_ACCESS_DENIED(
        "Azure denies access",
        "Grant the identity a role such as Storage Blob Data Contributor on the container"),
    HEAP_FULL("the driver's heap is full", "Raise `driver.memory`");

    private final String what;
    private final String remedy;

    Sample(String what, String remedy) {
      this.what = what;
      this.remedy = remedy;
    }

    private LogExcerpt excerpt() throws IOException {
      String name = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      return LogExcerpt.of(Files.readString(LOGS.resolve(name + ".log")), TAIL_LINES);
    }

    private String row() throws IOException {
      String first = cause(excerpt()).lines().getFirst().replace("|", "\\|").replace('`', '\'');
      String shown = first.length() <= 150 ? first : first.substring(0, 150) + "…";
      return "| %s | `%s` | %s. |\n".formatted(what, shown, remedy);
    }
  }

  private static FailureCause cause(LogExcerpt excerpt) {
    return Objects.requireNonNull(excerpt.cause(), "the log tells no cause");
  }

  @Test
  void theDocumentationShowsWhatAResultSays() throws IOException {
    StringBuilder table = new StringBuilder("| cause | the message begins with | what to do |\n");
    table.append("|---|---|---|\n");
    for (Sample sample : Sample.values()) {
      table.append(sample.row());
    }
    GeneratedTables.check(Path.of("docs/failures.md"), Map.of("causes", table.toString()));
  }

  @ParameterizedTest
  @EnumSource
  void aDecisiveCauseIsFoundAndStaysInTheTail(Sample sample) throws IOException {
    LogExcerpt excerpt = sample.excerpt();

    assertThat(cause(excerpt).decisive()).isTrue();
    assertThat(excerpt.tail().lines()).hasSizeLessThanOrEqualTo(TAIL_LINES);
    String words = cause(excerpt).lines().getFirst();
    assertThat(excerpt.tail()).contains(words.substring(Math.max(0, words.length() - 40)));
  }

  @ParameterizedTest
  @EnumSource
  void theCauseIsFoundInAShortTailToo(Sample sample) throws IOException {
    List<String> cause = cause(sample.excerpt()).lines();
    String log =
        Files.readString(
            LOGS.resolve(
                sample.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".log"));
    String noise = "26/11/21 19:15:39 INFO BlockManager: BlockManager stopped\n".repeat(200);

    LogExcerpt buried = LogExcerpt.of(log + noise, 5);

    assertThat(cause(buried).lines()).isEqualTo(cause);
    assertThat(buried.tail().lines()).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void aJavaExceptionComesWithItsCausesAndATailOfFoldedCalls() throws IOException {
    LogExcerpt excerpt = Sample.DEEP_EXCEPTION.excerpt();

    assertThat(cause(excerpt).lines())
        .containsExactly(
            "java.lang.UnsupportedOperationException: The step failed",
            "Caused by: java.lang.IllegalStateException: no such day");
    assertThat(excerpt.tail())
        .endsWith(
            """
            Exception in thread "main" java.lang.UnsupportedOperationException: The step failed
            \tat io.firesteel.examples.Fails.main(Fails.java:20)
            \t… 10 frames
            Caused by: java.lang.IllegalStateException: no such day
            \tat io.firesteel.examples.Fails.fail(Fails.java:26)
            \t… 42 frames
            """);
  }

  @Test
  void aPythonExceptionComesWithItsLineAndItsCause() throws IOException {
    assertThat(cause(Sample.PYTHON_EXCEPTION.excerpt()).lines())
        .containsExactly(
            "StepFailed: The step failed",
            "  File \"/opt/spark/examples/fails.py\", line 21, in main",
            "Caused by: ValueError: This job fails on purpose");
    assertThat(cause(Sample.ABFS_ACCESS_DENIED.excerpt()).lines())
        .element(1)
        .isEqualTo("  File \"/opt/app/copy.py\", line 8, in main");
  }

  @Test
  void anSqlErrorKeepsItsErrorClassAndItsSqlState() throws IOException {
    assertThat(cause(Sample.SQL_TABLE.excerpt()).text())
        .contains("[TABLE_OR_VIEW_NOT_FOUND]", "SQLSTATE: 42P01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /opt/entrypoint.sh: line 9: /bin/x: No such file or directory | false
          Error: Could not find or load main class a.B                  | true
          26/11/21 19:15:38 ERROR Executor: lost                        | false
            File "/a.py", line 3\\n    f(\\nSyntaxError: '(' was never closed | true
          # There is insufficient memory for the Java Runtime Environment to continue.\\n# Native memory allocation (mmap) failed | true
          `\u001b[31mException in thread "main" a.B: no\u001b[0m`           | true
          Exception in thread "pool-1" a.B: no                          | false
          Exception in thread "pool-1" java.lang.OutOfMemoryError: heap | true
          """)
  void aCauseIsDecisiveIfTheProgramEndsWithIt(String log, boolean decisive) {
    FailureCause cause = Objects.requireNonNull(FailureCause.in(log.replace("\\n", "\n")));

    assertThat(cause.decisive()).as(cause.text()).isEqualTo(decisive);
    assertThat(cause.text()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({"all is well", "26/11/21 19:15:38 WARN TaskSetManager: Lost task 0.0", "''", "at x"})
  void aLogWithoutAnErrorTellsNoCause(String log) {
    assertThat(FailureCause.in(log)).isNull();
  }

  @Test
  void anExceptionThatOnlySaysThatAPythonProgramFailedIsNoCause() {
    String noted =
        "org.apache.spark.SparkUserAppException: User application exited with 2\n\tat x.Y.z(Y.java)";

    assertThat(FailureCause.ofException(noted)).isNull();
    assertThat(FailureCause.in("Exception in thread \"main\" " + noted)).isNull();
  }
}
