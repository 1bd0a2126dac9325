package io.firesteel.kafka;

import java.util.List;
import java.util.Map;

/**
 * The names of Firesteel's topics and what each must be like.
 *
 * @param prefix put before every name; may be empty
 */
public record Topics(String prefix) {

  private static final String MAX_REQUEST_BYTES = Integer.toString(10 << 20);

  /** The most bytes of a dead letter, which is a request with headers of ours. */
  public static final int MAX_DEAD_LETTER_BYTES = 12 << 20;

  /**
   * The most bytes of a record that Firesteel makes, with its batch; Kafka's own default. Only a
   * dead letter may be larger, for it is what others sent.
   */
  public static final int LARGEST_RECORD = 1_048_588;

  /** Job and control requests; a suffix {@code .<tenant>} fixes the tenant. */
  public String requests() {
    return prefix + "spark-job-requests";
  }

  /** Notifications of object stores. */
  public String blobEvents() {
    return prefix + "spark-blob-events";
  }

  /** Every step of every job. */
  public String events() {
    return prefix + "spark-job-events";
  }

  /** Exactly one event for each job. */
  public String results() {
    return prefix + "spark-job-results";
  }

  /** The latest state of each job. */
  public String status() {
    return prefix + "spark-job-status";
  }

  /** What could not be read or was refused, as it came. */
  public String deadLetters() {
    return prefix + "spark-job-dead-letters";
  }

  /** The ordered log that admission decides from. */
  public String inbox() {
    return prefix + "firesteel-inbox";
  }

  /** The drivers that should exist. */
  public String drivers() {
    return prefix + "firesteel-drivers";
  }

  /** All of them with the settings that Firesteel relies on. */
  List<TopicSpec> specs() {
    return List.of(
        log(requests(), MAX_REQUEST_BYTES),
        log(blobEvents(), MAX_REQUEST_BYTES),
        log(events(), Integer.toString(LARGEST_RECORD)),
        log(results(), Integer.toString(LARGEST_RECORD)),
        table(status()),
        log(deadLetters(), Integer.toString(MAX_DEAD_LETTER_BYTES)),
        log(inbox(), Integer.toString(LARGEST_RECORD)),
        table(drivers()));
  }

  private static TopicSpec log(String name, String maxMessageBytes) {
    return new TopicSpec(
        name, Map.of("cleanup.policy", "delete", "max.message.bytes", maxMessageBytes));
  }

  /** What Kafka Streams makes for admission's state; there after the first start. */
  TopicSpec admissionChangelog() {
    return table(prefix + "firesteel-admission-admission-changelog");
  }

  /** Whether others write to a topic, so that its size is theirs to choose. */
  boolean inbound(TopicSpec topic) {
    return topic.name().equals(requests()) || topic.name().equals(blobEvents());
  }

  private static TopicSpec table(String name) {
    return new TopicSpec(
        name,
        Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(LARGEST_RECORD)));
  }

  /** One topic and the settings it is made with. */
  record TopicSpec(String name, Map<String, String> settings) {}
}
