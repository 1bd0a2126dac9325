package io.firesteel.driver.submit;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The ports a driver listens on; Spark Connect's since 4.1. */
public record DriverPorts(int rpc, int blockManager, int ui, @Nullable Integer connect) {

  static final int RPC = 7078;
  static final int BLOCK_MANAGER = 7079;
  private static final int UI = 4040;
  private static final int CONNECT = 15_002;

  /** The ports of the driver's container. */
  public static DriverPorts of(Submission submission) {
    SparkConf conf = submission.conf();
    return ports(
        submission,
        conf.port(
            "spark.driver.blockManager.port", conf.port("spark.blockManager.port", BLOCK_MANAGER)));
  }

  /** The ports of the Service, which ignores {@code spark.blockManager.port}, as Spark's does. */
  public static DriverPorts ofService(Submission submission) {
    return ports(
        submission, submission.conf().port("spark.driver.blockManager.port", BLOCK_MANAGER));
  }

  private static DriverPorts ports(Submission submission, int blockManager) {
    SparkConf conf = submission.conf();
    return new DriverPorts(
        conf.port("spark.driver.port", RPC),
        blockManager,
        conf.port("spark.ui.port", UI),
        SparkFeature.CONNECT_PORT.isIn(submission.line())
            ? conf.port("spark.connect.grpc.binding.port", CONNECT)
            : null);
  }

  /** The ports by Spark's names, in Spark's order. */
  public SequencedMap<String, Integer> byName() {
    var ports = new LinkedHashMap<String, Integer>();
    ports.put("driver-rpc-port", rpc);
    ports.put("blockmanager", blockManager);
    ports.put("spark-ui", ui);
    if (connect != null) {
      ports.put("spark-connect", connect);
    }
    return ports;
  }
}
