package io.firesteel.local.kubelet.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a kubelet is to be.
 *
 * @param api the API server, which drivers talk to as well
 * @param data the kubelet's own folder: pods' volumes, working directories and claims. One kubelet
 *     per folder: a new one kills what an older one left running
 * @param podLogs where logs go, as {@code <pod uid>/<container>.log}
 * @param spark the Spark that stands behind images with {@code spark} in their name
 * @param nodeName the node's name
 * @param cores how many cores pods may ask for together; more than the machine has is fine
 * @param memory how many bytes pods may ask for together
 * @param labels the node's labels, beside the usual ones
 * @param backOff the first pause before an ended container runs again, or an image is pulled again;
 *     10 s in a real kubelet
 */
public record KubeletOptions(
    URI api,
    Path data,
    Path podLogs,
    SparkInstallation spark,
    String nodeName,
    BigDecimal cores,
    long memory,
    Map<String, String> labels,
    Duration backOff) {

  private static final long MEMORY = 16L << 30;

  public KubeletOptions {
    labels = Map.copyOf(labels);
  }

  /** A node called {@code laptop} with 32 cores and 16 GiB to give. */
  public static KubeletOptions laptop(URI api, Path data, Path podLogs, SparkInstallation spark) {
    return new KubeletOptions(
        api,
        data,
        podLogs,
        spark,
        "laptop",
        BigDecimal.valueOf(32),
        MEMORY,
        Map.of(),
        Duration.ofSeconds(10));
  }

  public KubeletOptions withCapacity(BigDecimal cores, long memory) {
    return new KubeletOptions(api, data, podLogs, spark, nodeName, cores, memory, labels, backOff);
  }

  public KubeletOptions withLabels(Map<String, String> labels) {
    return new KubeletOptions(api, data, podLogs, spark, nodeName, cores, memory, labels, backOff);
  }

  public KubeletOptions withBackOff(Duration backOff) {
    return new KubeletOptions(api, data, podLogs, spark, nodeName, cores, memory, labels, backOff);
  }
}
