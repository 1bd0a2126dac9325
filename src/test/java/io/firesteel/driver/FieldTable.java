package io.firesteel.driver;

import io.firesteel.spec.validation.IgnoredFields;
import java.util.List;

/** Every field of a SparkApplication: where it ends up, or why it does not. */
final class FieldTable {

  /** A field that does not end up anywhere; {@code yaml} uses it. */
  record Note(String field, String yaml, String reason) {}

  /** What changes nothing. */
  static final List<Note> IGNORED =
      List.of(
          unused("driver/podName", "driver: {podName: my-driver}"),
          unused("failureRetries", "failureRetries: 3"),
          unused("retryInterval", "retryInterval: 3"),
          unused("sparkConf/spark.app.id", "sparkConf: {spark.app.id: x}"),
          unused("sparkConf/spark.app.name", "sparkConf: {spark.app.name: x}"),
          unused("sparkConf/spark.driver.host", "sparkConf: {spark.driver.host: x}"),
          unused(
              "sparkConf/spark.kubernetes.driver.pod.name",
              "sparkConf: {spark.kubernetes.driver.pod.name: x}"),
          unused(
              "sparkConf/spark.kubernetes.executor.podNamePrefix",
              "sparkConf: {spark.kubernetes.executor.podNamePrefix: x}"));

  /** Fields that may not have a certain value. */
  static final List<Note> REFUSED =
      List.of(
          new Note("mode", "mode: client", "the driver always runs in the cluster"),
          new Note(
              "suspend",
              "suspend: true",
              "publish the request when the job should run, or suspend the tenant"));

  private FieldTable() {}

  private static Note unused(String field, String yaml) {
    return new Note(field, yaml, String.valueOf(IgnoredFields.REASONS.get("/" + field)));
  }

  /** Where each field ends up, from {@code field-table.csv}. */
  static List<FieldRow> rows() {
    return TestJson.text("/io/firesteel/driver/field-table.csv")
        .lines()
        .skip(1)
        .map(line -> line.split(" \\| ", 4))
        .map(row -> new FieldRow(row[0], row[1], row[2], row[3]))
        .toList();
  }
}
