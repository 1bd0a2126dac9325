package io.firesteel.examples;

import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Guesses at Pi with random darts: the smallest job that needs executors. Argument: slices (default
 * 2). Hands on its guess, {@code pi}.
 */
public final class Pi {

  private static final int DARTS = 100_000;

  private Pi() {}

  public static void main(String[] args) throws IOException {
    var slices = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    try (var spark = SparkSession.builder().appName("Pi").getOrCreate();
        var context = new JavaSparkContext(spark.sparkContext())) {
      var seeds = IntStream.range(0, slices).boxed().toList();
      var hits = context.parallelize(seeds, slices).map(Pi::hits).reduce(Long::sum);
      var pi = 4.0 * hits / ((long) DARTS * slices);
      System.out.println("Pi is roughly " + pi);
      Outputs.write(Map.of("pi", pi));
    }
  }

  private static long hits(int seed) {
    var random = new SplittableRandom(seed);
    var hits = 0L;
    for (var dart = 0; dart < DARTS; dart++) {
      var x = random.nextDouble();
      var y = random.nextDouble();
      hits += x * x + y * y <= 1 ? 1 : 0;
    }
    return hits;
  }
}
