package io.firesteel.examples;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Runs SQL and prints its rows. Argument: the statement. */
public final class Query {

  private Query() {}

  public static void main(String[] args) throws IOException {
    try (var spark = SparkSession.builder().appName("Query").getOrCreate()) {
      spark.sql(args[0]).show();
    }
  }
}
