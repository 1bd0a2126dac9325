package io.firesteel.driver;

import io.firesteel.spec.AppType;
import io.firesteel.spec.Problems;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.SortedMap;

/**
 * {@code executor.memoryLimit}. The operator changes the limit of each executor's container as it
 * is created; Spark itself sets request and limit to the same. So the difference becomes overhead:
 * the limit is the one asked for, and the request rises to it.
 */
final class ExecutorMemory {

  private ExecutorMemory() {}

  static void apply(SparkApplicationSpec spec, SortedMap<String, String> conf, Problems problems) {
    if (spec.executor().pod().memoryLimit() instanceof String limit) {
      long wanted = MemorySize.mebibytes(limit);
      ExecutorSize size =
          ExecutorSize.of(SparkConf.of(conf, problems), spec.line(), spec.type() == AppType.PYTHON);
      if (wanted < 0) {
        problems.add("/executor/memoryLimit", "is no size", "give one such as 4g");
      } else if (wanted < size.total()) {
        problems.add(
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
