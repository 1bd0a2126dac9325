package io.firesteel.local.acceptance;

import java.util.List;
import java.util.Optional;

/**
 * What a Spark image can run.
 *
 * @param version of Spark
 * @param example the jar with an estimate of Pi, below {@link #EXAMPLES}
 * @param python the same in Python, if the image can run it
 */
record SparkImage(String name, String version, String example, Optional<String> python) {

  static final String EXAMPLES = "/opt/spark/examples/";

  /** Prints the lines that {@link #of} reads, in any image with a shell. */
  static final String PROBE =
      """
      cd /opt/spark/jars && ls spark-core_*.jar
      cd /opt/spark/examples && ls jars/spark-examples*.jar firesteel-examples.jar
      PYTHONPATH=$(echo /opt/spark/python /opt/spark/python/lib/*.zip | tr ' ' ':'):$PYTHONPATH
      export PYTHONPATH
      ${PYSPARK_PYTHON:-python3} -c 'import pyspark' && ls src/main/python/pi.py pi.py
      exit 0
      """;

  /**
   * Reads the output of the probe.
   *
   * @throws IllegalArgumentException if the image has no Spark or no example; the message is for
   *     the user
   */
  static SparkImage of(String name, List<String> output) {
    String core =
        one(output, "spark-core_.*\\.jar")
            .orElseThrow(() ->
                new IllegalArgumentException(
                    name + " has no /opt/spark/jars/spark-core_*.jar; it is not a Spark image"));
    String example =
        one(output, "jars/spark-examples.*\\.jar|firesteel-examples\\.jar")
            .orElseThrow(() ->
                new IllegalArgumentException(
                    name + " has no jar with SparkPi in " + EXAMPLES + "jars"));
    String version = core.replaceAll(".*-(\\d+\\.\\d+\\.\\d+).*\\.jar", "$1");
    return new SparkImage(name, version, example, one(output, "(.*/)?pi\\.py"));
  }

  private static Optional<String> one(List<String> output, String pattern) {
    return output.stream().map(String::strip).filter(line -> line.matches(pattern)).findFirst();
  }

  /** The class that estimates Pi; its argument is the number of slices. */
  String mainClass() {
    return example.startsWith("jars/")
        ? "org.apache.spark.examples.SparkPi"
        : "io.firesteel.examples.Pi";
  }
}
