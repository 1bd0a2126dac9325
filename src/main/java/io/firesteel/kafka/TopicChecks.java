package io.firesteel.kafka;

import io.firesteel.kafka.Topics.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Firesteel needs of the topics, as a pure function of what Kafka says about them.
 *
 * @param retention how long admission remembers an ended job
 * @param maxStateAge how old local state may be that a replica uses again
 * @param commands that correct what is wrong
 */
record TopicChecks(
    Topics topics, Duration retention, Duration maxStateAge, KafkaCommands commands) {

  /** A record that is deleted before Firesteel reads it is a lost job, so an outage must fit. */
  private static final Duration MIN_INPUT_RETENTION = Duration.ofDays(1);

  /** The format that kafka-consumer-groups.sh reads; a time zone must be there. */
  private static final DateTimeFormatter KAFKA_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  private static final String CLEANUP = "cleanup.policy";
  private static final String COMPRESSION = "compression.type";
  private static final String RETENTION = "retention.ms";
  private static final String RETENTION_BYTES = "retention.bytes";
  private static final String DELETE_RETENTION = "delete.retention.ms";
  private static final String MAX_BYTES = "max.message.bytes";
  private static final String MIN_IN_SYNC = "min.insync.replicas";
  private static final int MANY_REPLICAS = 3;

  /**
   * A topic as Kafka describes it.
   *
   * @param replicas of the partition that has the fewest
   */
  record DescribedTopic(String name, int partitions, int replicas, Map<String, String> settings) {

    private String setting(String key) {
      return settings.getOrDefault(key, "");
    }

    private long number(String key) {
      return Long.parseLong(setting(key));
    }
  }

  /**
   * Something about a topic that must or should be different.
   *
   * @param stops whether Firesteel would lose jobs or run them twice, so that it must not start
   * @param text what is wrong, what is needed, and the command that changes it
   */
  record Finding(boolean stops, String text) {}

  /**
   * Checks the settings of all topics that exist.
   *
   * @param found Firesteel's topics, with those of single tenants
   * @param brokers in the cluster; one broker cannot replicate
   */
  List<Finding> check(Map<String, DescribedTopic> found, int brokers) {
    List<Finding> findings = new ArrayList<>();
    Stream.concat(topics.specs().stream(), topics.changelogs().stream())
        .forEach(spec -> add(findings, found.get(spec.name()), spec));
    for (DescribedTopic topic : found.values()) {
      if (topics.isTenantRequests(topic.name())) {
        // Anyone who may create such a topic could otherwise keep the workers from starting.
        Stream.of(policy(topic, "delete"), compression(topic, topics.inbound(topic.name())))
            .flatMap(Optional::stream)
            .map(finding -> new Finding(false, finding.text()))
            .forEach(findings::add);
        input(findings, topic);
      }
    }
    partitions(findings, found);
    if (brokers > 1) {
      replication(found).ifPresent(findings::add);
    }
    return findings;
  }

  private void add(List<Finding> findings, @Nullable DescribedTopic topic, TopicSpec spec) {
    if (topic == null) {
      return;
    }
    String policy = spec.settings().getOrDefault(CLEANUP, "");
    policy(topic, policy).ifPresent(findings::add);
    compression(topic, spec).ifPresent(findings::add);
    if (!topics.inbound(spec) && topic.number(MAX_BYTES) < Topics.LARGEST_RECORD) {
      findings.add(
          stop(topic, MAX_BYTES, Topics.LARGEST_RECORD, "or Kafka refuses Firesteel's records"));
    }
    if (policy.equals("compact")) {
      deletions(topic).ifPresent(findings::add);
    } else if (topics.inbound(spec) || topics.internalInput(topic.name())) {
      input(findings, topic);
    }
  }

  /** The finding for a topic that does not exist. */
  Finding missing(TopicSpec spec, int partitions) {
    return new Finding(
        true,
        "topic %s does not exist: %s"
            .formatted(
                spec.name(),
                commands.topics("--create", spec.name())
                    + " --partitions "
                    + partitions
                    + KafkaCommands.settings(spec)));
  }

  /**
   * The finding for a group whose offsets are lost, so that it would read records of jobs that
   * admission has forgotten.
   *
   * @param from the time from which admission remembers every job
   */
  Finding lostOffsets(String group, String topic, Instant from) {
    String reset = commands.resetOffsets(group, topic);
    return new Finding(
        true,
        ("group %s has lost its offsets, and topic %s holds records that are older than"
                + " firesteel.admission.retention=%s, whose jobs would run again: %s --to-datetime"
                + " %s (or, if none of them ever ran: %s --to-earliest)")
            .formatted(
                group,
                topic,
                retention,
                reset,
                KAFKA_TIME.format(from.atOffset(ZoneOffset.UTC)),
                reset));
  }

  private Optional<Finding> policy(DescribedTopic topic, String needed) {
    return topic.setting(CLEANUP).equals(needed)
        ? Optional.empty()
        : Optional.of(
            finding(
                true,
                topic,
                CLEANUP,
                needed,
                needed.equals("compact")
                    ? "or Kafka deletes rows that are still valid"
                    : "or Kafka deletes records that have not been read"));
  }

  private Optional<Finding> compression(DescribedTopic topic, TopicSpec spec) {
    String needed = spec.settings().get(COMPRESSION);
    return needed == null || needed.equals(topic.setting(COMPRESSION))
        ? Optional.empty()
        : Optional.of(
            finding(
                true,
                topic,
                COMPRESSION,
                needed,
                "or a batch can unpack to more than the worker's memory"));
  }

  /** Requests, notifications and what admission reads: Firesteel must read each record, once. */
  private void input(List<Finding> findings, DescribedTopic topic) {
    boolean inbox = topics.internalInput(topic.name());
    long millis = topic.number(RETENTION);
    if (topic.number(RETENTION_BYTES) != -1) {
      findings.add(
          finding(
              inbox,
              topic,
              RETENTION_BYTES,
              "-1",
              "or Kafka deletes records that wait in a burst"));
    }
    if (millis != -1 && millis < MIN_INPUT_RETENTION.toMillis()) {
      findings.add(
          finding(
              inbox,
              topic,
              RETENTION,
              "at least " + MIN_INPUT_RETENTION.toMillis(),
              "or an outage of that length loses jobs"));
    }
    if (millis == -1 || millis > retention.toMillis()) {
      findings.add(
          finding(
              false,
              topic,
              RETENTION,
              "at most " + retention.toMillis(),
              "which is firesteel.admission.retention: if the consumer group's offsets are lost, jobs"
                  + " that Firesteel has forgotten run again"));
    }
  }

  private Optional<Finding> deletions(DescribedTopic topic) {
    return topic.number(DELETE_RETENTION) > maxStateAge.toMillis()
        ? Optional.empty()
        : Optional.of(
            stop(
                topic,
                DELETE_RETENTION,
                2 * maxStateAge.toMillis(),
                "twice firesteel.streams.max-state-age, or a replica that returns misses deletions"));
  }

  /**
   * A cohort's records must have the same partition in every topic that admission reads. The
   * drivers topic is created like the inbox, so that a difference shows a later change.
   */
  private void partitions(List<Finding> findings, Map<String, DescribedTopic> found) {
    DescribedTopic inbox = found.get(topics.inbox());
    DescribedTopic drivers = found.get(topics.drivers());
    DescribedTopic changelog = found.get(topics.admissionChangelog().name());
    if (inbox == null || drivers == null) {
      return;
    }
    int right = changelog == null ? inbox.partitions() : changelog.partitions();
    List<DescribedTopic> alike = new ArrayList<>(List.of(inbox, drivers));
    found.values().stream().filter(one -> topics.besideInbox(one.name())).forEach(alike::add);
    for (DescribedTopic topic : alike) {
      if (topic.partitions() != right) {
        findings.add(
            new Finding(
                true,
                ("topic %s has %d partitions and needs %d, as many as %s, or records of one job go to"
                        + " two replicas; let all jobs end, stop the workers, delete the topic and"
                        + " create it again: %s && %s --partitions %d%s")
                    .formatted(
                        topic.name(),
                        topic.partitions(),
                        right,
                        (changelog == null ? inbox : changelog).name(),
                        commands.topics("--delete", topic.name()),
                        commands.topics("--create", topic.name()),
                        right,
                        KafkaCommands.settings(topics.spec(topic.name())))));
      }
    }
  }

  private Optional<Finding> replication(Map<String, DescribedTopic> found) {
    List<String> weak =
        found.values().stream()
            .filter(topic ->
                topic.replicas() == 1
                    || topic.number(MIN_IN_SYNC) >= topic.replicas()
                    || topic.replicas() >= MANY_REPLICAS && topic.number(MIN_IN_SYNC) == 1)
            .map(topic ->
                "%s (%d, %d)".formatted(topic.name(), topic.replicas(), topic.number(MIN_IN_SYNC)))
            .sorted()
            .toList();
    return weak.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                false,
                ("topics whose replicas and min.insync.replicas do not survive the loss of a broker: %s;"
                        + " three replicas with min.insync.replicas=2 do: kafka-reassign-partitions.sh"
                        + " adds replicas, %s")
                    .formatted(
                        String.join(", ", weak), commands.configs("TOPIC", MIN_IN_SYNC, "2"))));
  }

  private Finding stop(DescribedTopic topic, String setting, long atLeast, String why) {
    return finding(true, topic, setting, "at least " + atLeast, why);
  }

  private Finding finding(
      boolean stops, DescribedTopic topic, String setting, String needed, String why) {
    String value = needed.substring(needed.lastIndexOf(' ') + 1);
    return new Finding(
        stops,
        "topic %s has %s=%s and needs %s, %s: %s"
            .formatted(
                topic.name(),
                setting,
                topic.setting(setting),
                needed,
                why,
                commands.configs(topic.name(), setting, value)));
  }
}
