package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          APP_SECRET=hunter2 and more          | APP_SECRET=[redacted] and more
          spark.hadoop.fs.s3a.access.key: AKIA | spark.hadoop.fs.s3a.access.key: [redacted]
          "password": "hunter2"                | "password": "[redacted]"
          Authorization: Bearer abc.def        | Authorization: Bearer [redacted]
          jdbc://user:hunter2@db/x             | jdbc://user:[redacted]@db/x
          https://x.blob/y?sv=1&sig=abc%2F     | https://x.blob/y?sv=[redacted]&sig=[redacted]
          got Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA== | got [redacted]
          """)
  void masksWhatLooksLikeASecret(String line, String expected) {
    assertThat(Redaction.redact(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "26/03/01 12:00:00 INFO SparkContext: Running Spark version 4.1.1",
        "\tat org.apache.spark.sql.execution.datasources.DataSourceStrategy$1.apply(X.scala:12)",
        "Caused by: java.lang.IllegalStateException: 3 files missing in /data/2026/01"
      })
  void leavesOrdinaryLinesAlone(String line) {
    assertThat(Redaction.redact(line)).isEqualTo(line);
  }
}
