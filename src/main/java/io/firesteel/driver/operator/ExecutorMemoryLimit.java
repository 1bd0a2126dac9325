package io.firesteel.driver.operator;

import io.firesteel.driver.features.ExecutorResources;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkApplicationType;
import io.firesteel.spec.quantity.MemorySize;
import java.util.SortedMap;

/**
 * {@code executor.memoryLimit}. The operator changes the limit of each executor's container when it
 * is created. Spark sets request and limit to the same amount, so here the difference becomes
 * overhead: the limit is the requested one, and the request rises to it.
 */
final class ExecutorMemoryLimit {

  private ExecutorMemoryLimit() {}

  static void apply(
      SparkApplicationSpec spec, SortedMap<String, String> conf, ValidationErrors errors) {
    if (spec.executor().pod().memoryLimit() instanceof String limit) {
      long wanted = MemorySize.mebibytes(limit).orElse(-1);
      ExecutorResources size =
          ExecutorResources.of(
              SparkConf.of(conf, errors), spec.line(), spec.type() == SparkApplicationType.PYTHON);
      if (wanted < 0) {
        errors.add("/executor/memoryLimit", "is not a valid size", "give one such as 4g");
      } else if (wanted < size.total()) {
        errors.add(
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
