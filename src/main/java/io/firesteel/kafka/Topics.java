package io.firesteel.kafka;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The names and settings of Firesteel's topics.
 *
 * @param prefix put before every name; may be empty
 */
public record Topics(String prefix) {

  private static final String MAX_REQUEST_BYTES = Integer.toString(10 << 20);

  /** The maximum size of a dead letter, which is a request with additional headers, in bytes. */
  public static final int MAX_DEAD_LETTER_BYTES = 12 << 20;

  /**
   * The maximum size of a record that Firesteel creates, with its batch, in bytes; Kafka's default.
   * Only a dead letter may be larger, because others wrote its value.
   */
  public static final int LARGEST_RECORD = 1_048_588;

  /** Job and control requests; a suffix {@code .<tenant>} fixes the tenant. */
  public String requests() {
    return prefix + "spark-job-requests";
  }

  /** Notifications from object stores. */
  public String blobEvents() {
    return prefix + "spark-blob-events";
  }

  /** Every event of every job. */
  public String events() {
    return prefix + "spark-job-events";
  }

  /** Exactly one event for each generation of a job. */
  public String results() {
    return prefix + "spark-job-results";
  }

  /** The latest state of each job. */
  public String status() {
    return prefix + "spark-job-status";
  }

  /** The load and the limits of each tenant. */
  public String tenantStatus() {
    return prefix + "spark-tenant-status";
  }

  /** Unreadable and rejected messages, as they arrived. */
  public String deadLetters() {
    return prefix + "spark-job-dead-letters";
  }

  /** Requests, control events and tenants' limits for admission, in order. */
  public String inbox() {
    return prefix + "firesteel-inbox";
  }

  /** Observations for admission, which decides about them before it reads the inbox. */
  public String observations() {
    return prefix + "firesteel-observations";
  }

  /** What tenants send beyond their share, which admission reads when the inbox is empty. */
  public String backlog() {
    return prefix + "firesteel-backlog";
  }

  /** The desired drivers. */
  public String drivers() {
    return prefix + "firesteel-drivers";
  }

  /** Where each tenant's jobs are. */
  public String tenants() {
    return prefix + "firesteel-tenants";
  }

  /** Jobs and cancellations for which Firesteel asks its own intake. */
  public String asks() {
    return prefix + "firesteel-asks";
  }

  /** Definitions of schedules, control events about them, and the ends of their jobs. */
  public String schedules() {
    return prefix + "firesteel-schedules";
  }

  /** The latest state of each schedule. */
  public String scheduleStatus() {
    return prefix + "spark-schedule-status";
  }

  /** Requests for workflows, control events about them, and the ends of their jobs. */
  public String workflows() {
    return prefix + "firesteel-workflows";
  }

  /** Exactly one event for each workflow. */
  public String workflowResults() {
    return prefix + "spark-workflow-results";
  }

  /** The latest state of each workflow. */
  public String workflowStatus() {
    return prefix + "spark-workflow-status";
  }

  /** All topics, with the settings on which Firesteel relies. */
  List<TopicSpec> specs() {
    return List.of(
        inbound(requests()),
        inbound(blobEvents()),
        log(events(), Integer.toString(LARGEST_RECORD)),
        log(results(), Integer.toString(LARGEST_RECORD)),
        table(status()),
        table(scheduleStatus()),
        table(tenantStatus()),
        log(deadLetters(), Integer.toString(MAX_DEAD_LETTER_BYTES)),
        log(inbox(), Integer.toString(LARGEST_RECORD)),
        log(observations(), Integer.toString(LARGEST_RECORD)),
        log(backlog(), Integer.toString(LARGEST_RECORD)),
        log(asks(), Integer.toString(LARGEST_RECORD)),
        log(workflows(), Integer.toString(LARGEST_RECORD)),
        log(workflowResults(), Integer.toString(LARGEST_RECORD)),
        table(workflowStatus()),
        log(schedules(), Integer.toString(LARGEST_RECORD)),
        table(drivers()),
        table(tenants()));
  }

  TopicSpec spec(String name) {
    return specs().stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * A topic to which others write. The broker stores its batches uncompressed: otherwise a batch
   * that is small on the wire could fill the memory of a worker when it is unpacked.
   */
  TopicSpec inbound(String name) {
    return new TopicSpec(
        name,
        Map.of(
            "cleanup.policy",
            "delete",
            "max.message.bytes",
            MAX_REQUEST_BYTES,
            "compression.type",
            "uncompressed"));
  }

  private static TopicSpec log(String name, String maxMessageBytes) {
    return new TopicSpec(
        name, Map.of("cleanup.policy", "delete", "max.message.bytes", maxMessageBytes));
  }

  /**
   * Whether admission reads the topic beside the inbox. Records of one cohort must have the same
   * partition in both, so both have the same number of partitions.
   */
  boolean besideInbox(String topic) {
    return topic.equals(observations()) || topic.equals(backlog());
  }

  /** Whether Firesteel writes the topic itself and must read each of its records once. */
  boolean internalInput(String topic) {
    return topic.equals(inbox())
        || besideInbox(topic)
        || topic.equals(asks())
        || topic.equals(schedules())
        || topic.equals(workflows());
  }

  /** The changelog of admission's state, which Kafka Streams creates at the first start. */
  TopicSpec admissionChangelog() {
    return table(prefix + "firesteel-admission-admission-changelog");
  }

  /** The changelogs, which Kafka Streams creates at the first start. */
  List<TopicSpec> changelogs() {
    return List.of(
        admissionChangelog(),
        table(prefix + "firesteel-schedules-schedules-changelog"),
        table(prefix + "firesteel-workflows-workflows-changelog"));
  }

  /** Whether others write to the topic, so that its maximum size is theirs to choose. */
  boolean inbound(TopicSpec topic) {
    return topic.name().equals(requests()) || topic.name().equals(blobEvents());
  }

  /** Whether a topic is the request topic of a single tenant. */
  boolean isTenantRequests(String topic) {
    return topic.startsWith(requests() + ".");
  }

  /** The consumer group that reads the request topics. */
  public String intakeGroup() {
    return prefix + "firesteel-intake";
  }

  /** The consumer groups by which Firesteel reads each record once, with their topics. */
  Map<String, Predicate<String>> readers() {
    return Map.of(
        intakeGroup(),
        topic -> topic.equals(requests()) || isTenantRequests(topic),
        prefix + "firesteel-blob-events",
        blobEvents()::equals,
        prefix + "firesteel-asks",
        asks()::equals,
        prefix + "firesteel-schedules",
        schedules()::equals,
        prefix + "firesteel-completions",
        topic -> topic.equals(results()) || topic.equals(workflowResults()),
        prefix + "firesteel-workflows",
        workflows()::equals,
        prefix + "firesteel-admission",
        topic -> topic.equals(inbox()) || besideInbox(topic));
  }

  private static TopicSpec table(String name) {
    return new TopicSpec(
        name,
        Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(LARGEST_RECORD)));
  }

  /** A topic and the settings with which it is created. */
  record TopicSpec(String name, Map<String, String> settings) {}
}
