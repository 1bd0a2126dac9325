package io.firesteel.local.kubelet.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of a kubelet.
 *
 * @param api the API server, also for drivers
 * @param data the kubelet's own folder: volumes, working directories and claims of pods. Use one
 *     folder per kubelet: at its start, it kills the processes of the folder's previous kubelet
 * @param podLogs the folder of logs, {@code <pod uid>/<container>.log}
 * @param spark the Spark that runs for images with {@code spark} in their name
 * @param cores allocatable cores; may exceed the machine's
 * @param memory allocatable memory in bytes
 * @param backOff the first delay before an ended container restarts or an image is pulled again; 10
 *     s in a real kubelet
 */
public record KubeletOptions(
    URI api,
    Path data,
    Path podLogs,
    SparkInstallation spark,
    String nodeName,
    BigDecimal cores,
    long memory,
    Duration backOff) {

  private static final long MEMORY = 16L << 30;

  /** A node called {@code laptop} with 32 allocatable cores and 16 GiB of allocatable memory. */
  public static KubeletOptions laptop(URI api, Path data, Path podLogs, SparkInstallation spark) {
    return new KubeletOptions(
        api,
        data,
        podLogs,
        spark,
        "laptop",
        BigDecimal.valueOf(32),
        MEMORY,
        Duration.ofSeconds(10));
  }

  public KubeletOptions withCapacity(BigDecimal cores, long memory) {
    return new KubeletOptions(api, data, podLogs, spark, nodeName, cores, memory, backOff);
  }

  public KubeletOptions withBackOff(Duration backOff) {
    return new KubeletOptions(api, data, podLogs, spark, nodeName, cores, memory, backOff);
  }
}
