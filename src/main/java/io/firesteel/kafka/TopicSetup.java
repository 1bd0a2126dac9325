package io.firesteel.kafka;

import io.firesteel.kafka.Topics.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates missing topics and refuses to start with topics that would lose data. Idempotent, also on
 * several replicas at once. Topics that it created remain when a later step fails.
 */
final class TopicSetup {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private static final String UNSUITABLE = "A tenant's topic of requests is unsuitable";

  private static final ListTopicsOptions INTERNAL = new ListTopicsOptions().listInternal(true);

  private final Admin admin;
  private final TopicsConfig config;
  private final InstantSource clock;

  TopicSetup(Admin admin, TopicsConfig config, InstantSource clock) {
    this.admin = admin;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Waits for the broker, then creates and checks the topics.
   *
   * @throws IllegalStateException if the broker does not answer in time, or a topic is unsuitable;
   *     the message says which, and how to fix it
   */
  void prepare(Topics topics) throws InterruptedException {
    Instant giveUp = clock.instant().plus(config.startTimeout());
    if (config.create()) {
      for (TopicSpec spec : topics.specs()) {
        create(
            spec,
            topics.besideInbox(spec) ? partitions(topics.inbox(), giveUp) : config.partitions(),
            giveUp);
      }
    }
    List<String> problems = new ArrayList<>();
    for (TopicSpec spec : topics.specs()) {
      validate(spec, topics.inbound(spec) ? 0 : Topics.LARGEST_RECORD, giveUp)
          .ifPresent(problems::add);
    }
    int needed = partitions(topics.inbox(), giveUp);
    for (TopicSpec spec : topics.specs()) {
      if (topics.besideInbox(spec)) {
        partitionsError(spec.name(), partitions(spec.name(), giveUp), needed)
            .ifPresent(problems::add);
      }
    }
    Set<String> existing = callWithRetries(() -> admin.listTopics(INTERNAL).names().get(), giveUp);
    for (String topic : existing) {
      if (topics.isTenantsOwn(topic)) {
        // Anyone who may create such a topic could otherwise keep the workers from starting
        validate(topics.inbound(topic), 0, giveUp)
            .ifPresent(problem -> LOG.atError().addKeyValue("problem", problem).log(UNSUITABLE));
      }
    }
    TopicSpec changelog = topics.admissionChangelog();
    if (existing.contains(changelog.name())) {
      validate(changelog, Topics.LARGEST_RECORD, giveUp).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "Kafka topics are unsuitable for Firesteel: " + String.join("; ", problems));
    }
  }

  private int partitions(String topic, Instant giveUp) throws InterruptedException {
    return callWithRetries(
        () ->
            admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size(),
        giveUp);
  }

  /** The records of a cohort must have the same partition in every topic that admission reads. */
  static Optional<String> partitionsError(String topic, int actual, int needed) {
    return actual == needed
        ? Optional.empty()
        : Optional.of(
            "topic %s has %d partitions and needs %d, as many as the inbox; while the worker is stopped and the topic is empty, delete it and create it again"
                .formatted(topic, actual, needed));
  }

  private void create(TopicSpec spec, int partitions, Instant giveUp) throws InterruptedException {
    NewTopic topic =
        new NewTopic(spec.name(), Optional.of(partitions), Optional.of(config.replicationFactor()))
            .configs(spec.settings());
    callWithRetries(
        () -> {
          try {
            admin.createTopics(List.of(topic)).all().get();
          } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
              throw e;
            }
          }
          return true;
        },
        giveUp);
  }

  private Optional<String> validate(TopicSpec spec, int largest, Instant giveUp)
      throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    Config found =
        callWithRetries(
            () -> admin.describeConfigs(List.of(resource)).all().get().values().iterator().next(),
            giveUp);
    return validationError(spec, largest, name -> found.get(name).value());
  }

  /**
   * Checks the settings of a topic: a table must be compacted, a log must not be, the largest
   * record must fit, and what others write must be stored uncompressed.
   *
   * @param largest the largest record that the topic must accept, in bytes
   */
  static Optional<String> validationError(
      TopicSpec spec, int largest, UnaryOperator<String> settingOf) {
    String wanted = spec.settings().getOrDefault("cleanup.policy", "");
    String actual = settingOf.apply("cleanup.policy");
    if (!actual.equals(wanted)) {
      return Optional.of(
          "topic %s has cleanup.policy=%s and needs %s".formatted(spec.name(), actual, wanted));
    }
    String bytes = settingOf.apply("max.message.bytes");
    if (Integer.parseInt(bytes) < largest) {
      return Optional.of(
          "topic %s has max.message.bytes=%s and needs at least %d; raise it with kafka-configs.sh --alter --topic %s --add-config max.message.bytes=%d"
              .formatted(spec.name(), bytes, largest, spec.name(), largest));
    }
    String compression = spec.settings().get("compression.type");
    if (compression != null && !compression.equals(settingOf.apply("compression.type"))) {
      return Optional.of(
          "topic %s has compression.type=%s and needs %s, so that no batch unpacks to more than max.message.bytes; set it with kafka-configs.sh --alter --topic %s --add-config compression.type=%s"
              .formatted(
                  spec.name(),
                  settingOf.apply("compression.type"),
                  compression,
                  spec.name(),
                  compression));
    }
    return Optional.empty();
  }

  private <T> T callWithRetries(AdminCall<T> adminCall, Instant giveUp)
      throws InterruptedException {
    while (true) {
      try {
        return adminCall.call();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException)) {
          throw new IllegalStateException(
              "Kafka denied a request to describe or create topics: " + e.getCause(), e);
        }
        if (clock.instant().isAfter(giveUp)) {
          throw new IllegalStateException(
              "Kafka did not answer within %s: %s".formatted(config.startTimeout(), e.getCause()),
              e);
        }
        LOG.atWarn().addKeyValue("cause", e.getCause()).log("Kafka did not answer; retrying");
        Thread.sleep(Duration.ofMillis(500));
      }
    }
  }

  @FunctionalInterface
  private interface AdminCall<T> {
    T call() throws ExecutionException, InterruptedException;
  }
}
