package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.quantity.MemorySize;
import io.firesteel.spec.quantity.Quantities;
import io.firesteel.spec.validation.SpecErrors;
import java.math.BigDecimal;

/**
 * CPU and mebibytes of one executor, as its driver will ask for them. After {@code
 * ResourceProfile.getResourcesForClusterManager} for the default profile.
 *
 * @param overhead what the JVM needs beside its heap
 * @param other off-heap and Python memory
 */
public record ExecutorResources(String cpu, long memory, long overhead, long other) {

  public static ExecutorResources of(SparkConf conf, SparkLine line, boolean python) {
    long memory = conf.mebibytes("spark.executor.memory", 1024);
    double factor =
        conf.decimal(
            "spark.executor.memoryOverheadFactor",
            conf.decimal(DriverResources.OVERHEAD_FACTOR, python ? 0.4 : 0.1));
    long least =
        line.atLeast(SparkLine.V4_0)
            ? conf.mebibytes("spark.executor.minMemoryOverhead", DriverResources.MIN_OVERHEAD)
            : DriverResources.MIN_OVERHEAD;
    long overhead =
        conf.mebibytes("spark.executor.memoryOverhead", Math.max((int) (factor * memory), least));
    long other = python ? conf.mebibytes("spark.executor.pyspark.memory", 0) : 0;
    if (conf.bool("spark.memory.offHeap.enabled", false)) {
      other += offHeap(conf);
    }
    String cpu =
        conf.string(
            "spark.kubernetes.executor.request.cores",
            Integer.toString(conf.integer("spark.executor.cores", 1)));
    return new ExecutorResources(cpu, memory, overhead, other);
  }

  /** Unlike the other sizes, one without a unit is bytes. */
  private static long offHeap(SparkConf conf) {
    String size = conf.string("spark.memory.offHeap.size", "0");
    return Math.max(0, MemorySize.mebibytes(size.matches("\\d+") ? size + "b" : size));
  }

  /** Notes what would keep the driver from creating executors, long after it started. */
  public void check(SparkConf conf, SpecErrors specErrors) {
    String limitKey = "spark.kubernetes.executor.limit.cores";
    String limit = conf.string(limitKey, cpu);
    if (!Quantities.isValid(cpu) || !Quantities.isValid(limit)) {
      specErrors.add(
          "/executor/" + (Quantities.isValid(cpu) ? "coreLimit" : "coreRequest"),
          "is no quantity",
          "give one such as 500m or 2");
    } else if (amount(limit).compareTo(amount(cpu)) < 0) {
      specErrors.add("/executor/coreLimit", "is less than what is requested", "give more");
    }
  }

  private static BigDecimal amount(String quantity) {
    return Quantity.parse(quantity).getNumericalAmount();
  }

  /** What its container asks for. */
  public long total() {
    return memory + overhead + other;
  }
}
