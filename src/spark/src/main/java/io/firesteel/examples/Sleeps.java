package io.firesteel.examples;

import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** Starts Spark with its executors, then sleeps. Argument: seconds (default 60). */
public final class Sleeps {

  private Sleeps() {}

  public static void main(String[] args) throws Exception {
    var pause = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 60);
    try (var spark = SparkSession.builder().appName("Sleeps").getOrCreate()) {
      System.out.printf("%s sleeps for %s%n", spark.sparkContext().applicationId(), pause);
      Thread.sleep(pause.toMillis());
      System.out.println("Slept well");
    }
  }
}
