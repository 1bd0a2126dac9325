package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.spec.Problems;
import io.firesteel.spec.Quantities;
import io.firesteel.spec.SparkLine;
import java.math.BigDecimal;

/**
 * CPU and mebibytes of one executor, as its driver will ask for them. After {@code
 * ResourceProfile.getResourcesForClusterManager} for the default profile.
 *
 * @param overhead what the JVM needs beside its heap
 * @param other off-heap and Python memory
 */
record ExecutorSize(String cpu, long memory, long overhead, long other) {

  static ExecutorSize of(SparkConf conf, SparkLine line, boolean python) {
    long memory = conf.mebibytes("spark.executor.memory", 1024);
    double factor =
        conf.fraction(
            "spark.executor.memoryOverheadFactor",
            conf.fraction(Resources.FACTOR, python ? 0.4 : 0.1));
    long least =
        line.atLeast(SparkLine.V4_0)
            ? conf.mebibytes("spark.executor.minMemoryOverhead", Resources.LEAST_OVERHEAD)
            : Resources.LEAST_OVERHEAD;
    long overhead =
        conf.mebibytes("spark.executor.memoryOverhead", Math.max((int) (factor * memory), least));
    long other = python ? conf.mebibytes("spark.executor.pyspark.memory", 0) : 0;
    if (conf.flag("spark.memory.offHeap.enabled", false)) {
      other += offHeap(conf);
    }
    String cpu =
        conf.text(
            "spark.kubernetes.executor.request.cores",
            Integer.toString(conf.whole("spark.executor.cores", 1)));
    return new ExecutorSize(cpu, memory, overhead, other);
  }

  /** Unlike the other sizes, one without a unit is bytes. */
  private static long offHeap(SparkConf conf) {
    String size = conf.text("spark.memory.offHeap.size", "0");
    return Math.max(0, MemorySize.mebibytes(size.matches("\\d+") ? size + "b" : size));
  }

  /** Notes what would keep the driver from creating executors, long after it started. */
  void check(SparkConf conf, Problems problems) {
    String limitKey = "spark.kubernetes.executor.limit.cores";
    String limit = conf.text(limitKey, cpu);
    if (!Quantities.valid(cpu) || !Quantities.valid(limit)) {
      problems.add(
          "/executor/" + (Quantities.valid(cpu) ? "coreLimit" : "coreRequest"),
          "is no quantity",
          "give one such as 500m or 2");
    } else if (amount(limit).compareTo(amount(cpu)) < 0) {
      problems.add("/executor/coreLimit", "is less than what is requested", "give more");
    }
  }

  private static BigDecimal amount(String quantity) {
    return Quantity.parse(quantity).getNumericalAmount();
  }

  /** What its container asks for. */
  long total() {
    return memory + overhead + other;
  }
}
