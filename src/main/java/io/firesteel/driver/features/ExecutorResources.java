package io.firesteel.driver.features;

import io.firesteel.driver.submit.SparkConf;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.quantity.MemoryOverhead;
import io.firesteel.spec.quantity.MemorySize;
import io.firesteel.spec.quantity.Quantities;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * CPU and MiB of one executor, as its driver will request them. After {@code
 * ResourceProfile.getResourcesForClusterManager} for the default profile.
 *
 * @param overhead memory beside the heap
 * @param other off-heap and Python memory
 */
public record ExecutorResources(String cpu, long memory, long overhead, long other) {

  /** The resources that the properties give an executor. */
  public static ExecutorResources of(SparkConf conf, SparkLine line, boolean python) {
    long memory = conf.mebibytes("spark.executor.memory", 1024);
    double factor = conf.decimal(DriverResources.OVERHEAD_FACTOR, MemoryOverhead.factor(!python));
    long overhead = DriverResources.overhead(conf, line, "executor", memory, factor);
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

  /** Unlike the other sizes, a number without a unit is bytes. */
  private static long offHeap(SparkConf conf) {
    String size = conf.string("spark.memory.offHeap.size", "0");
    return MemorySize.bytes(size, 1).orElse(0) / MemorySize.MEBIBYTE;
  }

  /** Reports what would keep the running driver from creating executors. */
  public void check(SparkConf conf, ValidationErrors errors) {
    String limitKey = "spark.kubernetes.executor.limit.cores";
    String limit = conf.string(limitKey, cpu);
    Optional<BigDecimal> requested = Quantities.parse(cpu);
    Optional<BigDecimal> most = Quantities.parse(limit);
    if (requested.isEmpty() || most.isEmpty()) {
      errors.add(
          "/executor/" + (requested.isPresent() ? "coreLimit" : "coreRequest"),
          "is not a valid quantity",
          "give one such as 500m or 2");
    } else if (most.get().compareTo(requested.get()) < 0) {
      errors.add("/executor/coreLimit", "is less than the requested cores", "give more");
    }
  }

  /** The MiB that the container requests. */
  public long total() {
    return memory + overhead + other;
  }
}
