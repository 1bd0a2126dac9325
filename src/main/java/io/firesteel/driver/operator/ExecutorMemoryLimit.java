package io.firesteel.driver.operator;

import io.firesteel.driver.features.ExecutorResources;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkApplicationType;
import io.firesteel.spec.quantity.MemorySize;
import io.firesteel.spec.validation.SpecErrors;
import java.util.SortedMap;

/**
 * {@code executor.memoryLimit}. The operator changes the limit of each executor's container as it
 * is created; Spark itself sets request and limit to the same. So the difference becomes overhead:
 * the limit is the one asked for, and the request rises to it.
 */
final class ExecutorMemoryLimit {

  private ExecutorMemoryLimit() {}

  static void apply(
      SparkApplicationSpec spec, SortedMap<String, String> conf, SpecErrors specErrors) {
    if (spec.executor().pod().memoryLimit() instanceof String limit) {
      long wanted = MemorySize.mebibytes(limit);
      ExecutorResources size =
          ExecutorResources.of(
              SparkConf.of(conf, specErrors),
              spec.line(),
              spec.type() == SparkApplicationType.PYTHON);
      if (wanted < 0) {
        specErrors.add("/executor/memoryLimit", "is no size", "give one such as 4g");
      } else if (wanted < size.total()) {
        specErrors.add(
            "/executor/memoryLimit",
            "is less than the executor's memory with its overhead, " + size.total() + " MiB",
            "give more, or leave it out");
      } else {
        long overhead = size.overhead() + wanted - size.total();
        conf.put("spark.executor.memoryOverhead", overhead + "m");
      }
    }
  }
}
