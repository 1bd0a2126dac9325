package io.firesteel.examples;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Adds up the TotalQuantity of every (Col_A, Col_B, Col_C, Col_D) over a range of days and writes
 * one CSV file.
 *
 * <p>Arguments: input root, output folder, first day (or a number of days), last day (default:
 * today, UTC). A day's file is {@code <root>/<year>/<month>/data_<year>_<month>_<day>.csv}, with a
 * header; a day without a file is skipped, a range without any is an error. The output folder is
 * replaced, so a retry is harmless. Driver and tasks each prove that they hold the storage's
 * credentials, see {@link Credentials}. Hands on the output folder, the number of files and the
 * days.
 */
public final class DailyTotals {

  private static final String SCHEMA =
      "Col_A STRING, Col_B STRING, Col_C STRING, Col_D STRING, TotalQuantity BIGINT";

  private DailyTotals() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 3 || args.length > 4) {
      throw new IllegalArgumentException(
          "Usage: DailyTotals <input root> <output folder> <first day, or number of days> [<last day>]");
    }
    var last =
        args.length == 4 ? LocalDate.parse(args[3]) : LocalDate.now(java.time.ZoneOffset.UTC);
    var days = Days.of(args[2], last);
    try (var spark = SparkSession.builder().appName("DailyTotals").getOrCreate()) {
      var hadoop = spark.sparkContext().hadoopConfiguration();
      var credentials = Credentials.expectedBy(args[0], hadoop);
      credentials.check(System.getenv(), "driver");
      var files = filesOf(args[0], days, hadoop);
      System.out.printf(
          "Adding up %d files from %s to %s%n", files.size(), days.first(), days.last());
      totals(checked(read(spark, files), credentials))
          .coalesce(1)
          .write()
          .mode(SaveMode.Overwrite)
          .option("header", "true")
          .csv(args[1]);
      System.out.println("Totals written to " + args[1]);
      Outputs.write(Map.of("path", args[1], "files", files.size(), "days", days.dates().toList()));
    }
  }

  private static List<String> filesOf(String root, Days days, Configuration hadoop)
      throws IOException {
    var files = new ArrayList<String>();
    for (var name : days.files().toList()) {
      var path = new Path(root, name);
      if (path.getFileSystem(hadoop).exists(path)) {
        files.add(path.toString());
      }
    }
    if (files.isEmpty()) {
      throw new IllegalStateException(
          "No file from " + days.first() + " to " + days.last() + " under " + root);
    }
    return files;
  }

  private static Dataset<Row> read(SparkSession spark, List<String> files) {
    return spark
        .read()
        .schema(SCHEMA)
        .option("header", "true")
        .option("enforceSchema", "false")
        .option("mode", "FAILFAST")
        .csv(files.toArray(String[]::new));
  }

  private static Dataset<Row> checked(Dataset<Row> rows, Credentials credentials) {
    MapPartitionsFunction<Row, Row> check =
        partition -> {
          credentials.check(System.getenv(), "executor");
          return partition;
        };
    return rows.mapPartitions(check, rows.encoder());
  }

  private static Dataset<Row> totals(Dataset<Row> rows) {
    return rows.groupBy("Col_A", "Col_B", "Col_C", "Col_D")
        .agg(functions.sum("TotalQuantity").alias("TotalQuantity"));
  }
}
