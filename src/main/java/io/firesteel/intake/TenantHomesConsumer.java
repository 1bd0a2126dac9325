package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.inbox.TenantHome;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the tenants topic: to its end before intake starts, and then as it grows. */
@ApplicationScoped
class TenantHomesConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(TenantHomesConsumer.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** After the topics were created, and before the first request is read. */
  private static final int BEFORE_REQUESTS = 200;

  private final Map<String, Object> connection;
  private final String topic;
  private final Duration backoff;
  private final TenantHomes homes;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  TenantHomesConsumer(
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      Topics topics,
      IntakeConfig config,
      TenantHomes homes) {
    this.connection = connection;
    this.topic = topics.tenants();
    this.backoff = config.retryBackoff();
    this.homes = homes;
  }

  void start(@Observes @Priority(BEFORE_REQUESTS) StartupEvent event) {
    Consumer<byte[], byte[]> opened = open();
    consumer = opened;
    List<TopicPartition> partitions =
        opened.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    opened.assign(partitions);
    opened.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> opened.position(end.getKey()) < end.getValue())) {
      opened.poll(POLL).forEach(this::apply);
    }
    Thread.ofVirtual().name("tenant-homes").start(() -> follow(opened));
  }

  private Consumer<byte[], byte[]> open() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "firesteel-tenants");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(Consumer<byte[], byte[]> opened) {
    try (opened) {
      while (stopped.getCount() > 0) {
        try {
          opened.poll(POLL).forEach(this::apply);
        } catch (WakeupException _) {
          return;
        } catch (KafkaException e) {
          LOG.atWarn().addKeyValue("cause", e).log("Reading the tenants topic failed; retrying");
          if (stopped.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A record that cannot be read is skipped: admission forwards what is sent elsewhere. */
  private void apply(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.key() != null && record.value() != null) {
        TenantHome home = JsonCodec.read(record.value(), TenantHome.class);
        homes.update(new String(record.key(), UTF_8), home);
      }
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("offset", record.offset())
          .addKeyValue("partition", record.partition())
          .addKeyValue("cause", e.getClass().getName())
          .log("Skipped a record of the tenants topic that cannot be read");
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopped.countDown();
    Consumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.wakeup();
    }
  }
}
