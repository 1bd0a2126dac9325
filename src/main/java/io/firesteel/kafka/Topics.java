package io.firesteel.kafka;

import java.util.List;
import java.util.Map;

/**
 * The names of Firesteel's topics and what each must be like.
 *
 * @param prefix put before every name; may be empty
 */
public record Topics(String prefix) {

  private static final String LARGEST_REQUEST = Integer.toString(10 << 20);
  private static final String LARGEST_DEAD_LETTER = Integer.toString(12 << 20);
  private static final String LARGEST_INTERNAL = Integer.toString(4 << 20);

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
        log(requests(), LARGEST_REQUEST),
        log(blobEvents(), LARGEST_REQUEST),
        log(events(), LARGEST_INTERNAL),
        log(results(), LARGEST_INTERNAL),
        table(status()),
        log(deadLetters(), LARGEST_DEAD_LETTER),
        log(inbox(), LARGEST_INTERNAL),
        table(drivers()));
  }

  private static TopicSpec log(String name, String maxMessageBytes) {
    return new TopicSpec(
        name, Map.of("cleanup.policy", "delete", "max.message.bytes", maxMessageBytes));
  }

  private static TopicSpec table(String name) {
    return new TopicSpec(
        name, Map.of("cleanup.policy", "compact", "max.message.bytes", LARGEST_INTERNAL));
  }

  /** One topic and the settings it is made with. */
  record TopicSpec(String name, Map<String, String> settings) {}
}
