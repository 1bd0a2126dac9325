package io.firesteel.kafka;

import io.firesteel.kafka.TopicChecks.DescribedTopic;
import io.firesteel.kafka.TopicChecks.Finding;
import io.firesteel.kafka.Topics.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates missing topics and refuses to start with topics that would lose jobs or run them twice.
 * Warns of the rest. Idempotent, also on several replicas at once. Topics that it created remain
 * when a later step fails.
 */
final class TopicSetup {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private static final ListTopicsOptions INTERNAL = new ListTopicsOptions().listInternal(true);

  private final Admin admin;
  private final TopicsConfig config;
  private final TopicChecks checks;
  private final InstantSource clock;

  TopicSetup(Admin admin, TopicsConfig config, TopicChecks checks, InstantSource clock) {
    this.admin = admin;
    this.config = config;
    this.checks = checks;
    this.clock = clock;
  }

  /**
   * Waits for the broker, then creates and checks the topics.
   *
   * @throws IllegalStateException if the broker does not answer in time, or a topic is missing or
   *     unsuitable; the message says which, and the command that corrects it
   */
  void prepare() throws InterruptedException {
    Instant giveUp = clock.instant().plus(config.startTimeout());
    if (config.create()) {
      for (TopicSpec spec : topics().specs()) {
        boolean likeInbox = topics().besideInbox(spec.name());
        create(spec, likeInbox ? inboxPartitions(giveUp) : config.partitions(), giveUp);
      }
    }
    Map<String, DescribedTopic> found = describe(awaitTopics(giveUp), giveUp);
    int brokers = callWithRetries(() -> admin.describeCluster().nodes().get().size(), giveUp);
    List<Finding> findings = new ArrayList<>(checks.check(found, brokers));
    if (found.containsKey(topics().admissionChangelog().name())) {
      for (var reader : topics().readers().entrySet()) {
        List<DescribedTopic> read =
            found.values().stream().filter(topic -> reader.getValue().test(topic.name())).toList();
        lostOffsets(reader.getKey(), read, giveUp).ifPresent(findings::add);
      }
    }
    findings.stream()
        .filter(finding -> !finding.stops())
        .forEach(finding -> LOG.warn("Kafka: {}", finding.text()));
    stopIfAny(findings.stream().filter(Finding::stops).toList());
  }

  private static void stopIfAny(List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new IllegalStateException(
          findings.stream()
              .map(Finding::text)
              .collect(
                  Collectors.joining(
                      "\n  ", "Kafka's topics are unsuitable for Firesteel:\n  ", "")));
    }
  }

  private Topics topics() {
    return checks.topics();
  }

  private int inboxPartitions(Instant giveUp) throws InterruptedException {
    String inbox = topics().inbox();
    Map<String, TopicDescription> found =
        callWithRetries(() -> admin.describeTopics(List.of(inbox)).allTopicNames().get(), giveUp);
    return Objects.requireNonNull(found.get(inbox)).partitions().size();
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

  /** Waits until all topics exist, since another tool may create them at this moment. */
  private Set<String> awaitTopics(Instant giveUp) throws InterruptedException {
    boolean warned = false;
    while (true) {
      Set<String> names = callWithRetries(() -> admin.listTopics(INTERNAL).names().get(), giveUp);
      List<Finding> missing =
          topics().specs().stream()
              .filter(spec -> !names.contains(spec.name()))
              .map(spec -> checks.missing(spec, config.partitions()))
              .toList();
      if (missing.isEmpty()) {
        return names;
      }
      if (clock.instant().isAfter(giveUp)) {
        stopIfAny(missing);
      }
      if (!warned && !config.create()) {
        missing.forEach(finding -> LOG.warn("Kafka: {}", finding.text()));
        warned = true;
      }
      pause();
    }
  }

  private Map<String, DescribedTopic> describe(Set<String> existing, Instant giveUp)
      throws InterruptedException {
    Set<String> names = new HashSet<>();
    topics().specs().forEach(spec -> names.add(spec.name()));
    Stream.concat(
            existing.stream().filter(topics()::isTenantRequests),
            topics().changelogs().stream().map(TopicSpec::name).filter(existing::contains))
        .forEach(names::add);
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, TopicDescription> descriptions =
        callWithRetries(() -> admin.describeTopics(names).allTopicNames().get(), giveUp);
    Map<ConfigResource, Config> configs =
        callWithRetries(() -> admin.describeConfigs(resources).all().get(), giveUp);
    Map<String, DescribedTopic> described = new HashMap<>();
    configs.forEach((resource, settings) -> {
      String name = resource.name();
      described.put(name, described(Objects.requireNonNull(descriptions.get(name)), settings));
    });
    return described;
  }

  private static DescribedTopic described(TopicDescription topic, Config config) {
    Map<String, String> settings = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      if (entry.value() != null) {
        settings.put(entry.name(), entry.value());
      }
    }
    int replicas =
        topic.partitions().stream().mapToInt(one -> one.replicas().size()).min().orElse(0);
    return new DescribedTopic(topic.name(), topic.partitions().size(), replicas, settings);
  }

  /** Whether a group that has no offset at all would read records that admission has forgotten. */
  private Optional<Finding> lostOffsets(String group, List<DescribedTopic> read, Instant giveUp)
      throws InterruptedException {
    var committed =
        callWithRetries(
            () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(),
            giveUp);
    if (committed.values().stream().anyMatch(Objects::nonNull)) {
      return Optional.empty();
    }
    Instant from = clock.instant().minus(checks.retention()).truncatedTo(ChronoUnit.MILLIS);
    for (DescribedTopic topic : read) {
      List<TopicPartition> partitions =
          Stream.iterate(0, i -> i + 1)
              .limit(topic.partitions())
              .map(i -> new TopicPartition(topic.name(), i))
              .toList();
      var first = offsets(partitions, OffsetSpec.earliest(), giveUp);
      var recent = offsets(partitions, OffsetSpec.forTimestamp(from.toEpochMilli()), giveUp);
      var next = offsets(partitions, OffsetSpec.latest(), giveUp);
      for (TopicPartition one : partitions) {
        long start = offset(first, one);
        long kept = offset(recent, one) < 0 ? offset(next, one) : offset(recent, one);
        if (start < kept) {
          return Optional.of(checks.lostOffsets(group, topic.name(), from));
        }
      }
    }
    return Optional.empty();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec, Instant giveUp)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> query =
        partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    return callWithRetries(() -> admin.listOffsets(query).all().get(), giveUp);
  }

  private static long offset(Map<TopicPartition, ListOffsetsResultInfo> found, TopicPartition one) {
    return Objects.requireNonNull(found.get(one)).offset();
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
        pause();
      }
    }
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(500));
  }

  @FunctionalInterface
  private interface AdminCall<T> {
    T call() throws ExecutionException, InterruptedException;
  }
}
