package io.firesteel.cluster;

import io.firesteel.job.Sha256;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * The id of an installation: the replicas that share a Kafka cluster and a prefix of the topics. It
 * labels the objects that they create, and tells them from those of other installations.
 */
final class InstallationId {

  private static final int HASH_DIGITS = 10;

  private InstallationId() {}

  /**
   * Asks Kafka for the id of its cluster. Blocks.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  static String read(Map<String, Object> kafka, String topicsPrefix) {
    try (Admin admin = Admin.create(kafka)) {
      return of(admin.describeCluster().clusterId().get(), topicsPrefix);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking Kafka for its cluster id", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka did not report its cluster id: "
              + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
          e);
    }
  }

  /**
   * A valid label, the same for all replicas and after every restart.
   *
   * @param kafkaClusterId the id that Kafka reports
   * @param topicsPrefix empty for none
   */
  static String of(String kafkaClusterId, String topicsPrefix) {
    return Sha256.of(kafkaClusterId + "/" + topicsPrefix).substring(0, HASH_DIGITS);
  }
}
