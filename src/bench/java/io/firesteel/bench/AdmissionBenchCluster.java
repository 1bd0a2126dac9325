package io.firesteel.bench;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A cluster without pods: reads committed drivers and tells at once of a whole ordinary life of
 * each. Jobs whose id starts with {@code stay} run for ever. One thread of its own, until closed.
 */
final class AdmissionBenchCluster implements AutoCloseable {

  private final Topics topics;
  private final KafkaConsumer<String, byte[]> drivers;
  private final KafkaProducer<String, byte[]> inbox;
  private final AtomicLong completedDrivers = new AtomicLong();
  private final Map<JobKey, Long> createdAt = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  AdmissionBenchCluster(String bootstrapServers, Topics topics) {
    this.topics = topics;
    Map<String, Object> connection = Map.of("bootstrap.servers", bootstrapServers);
    this.inbox =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 1 << 17),
            new StringSerializer(),
            new ByteArraySerializer());
    this.drivers =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", connection.get("bootstrap.servers"),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "group.id", "bench-cluster"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.drivers.subscribe(List.of(topics.drivers()));
    this.thread = Thread.ofPlatform().name("bench-cluster").start(this::run);
  }

  /** Sends to admission; does not wait. */
  void send(InboxMessage message) {
    String topic =
        message instanceof InboxMessage.Observed ? topics.observations() : topics.inbox();
    inbox.send(new ProducerRecord<>(topic, AdmissionBenchLoad.COHORT, JsonCodec.write(message)));
  }

  void flush() {
    inbox.flush();
  }

  /** The number of drivers whose observations were published. */
  long completedDrivers() {
    return completedDrivers.get();
  }

  /** When the driver of a job was first wanted, in nanoseconds of this JVM; null before. */
  @org.jspecify.annotations.Nullable
  Long createdAt(JobKey job) {
    return createdAt.get(job);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
    drivers.close();
    inbox.close();
  }

  private void run() {
    while (!closed) {
      for (ConsumerRecord<String, byte[]> wanted : drivers.poll(Duration.ofMillis(100))) {
        if (wanted.value() != null) {
          complete(JsonCodec.read(wanted.value(), DesiredDriver.class));
        }
      }
    }
  }

  private void complete(DesiredDriver driver) {
    JobKey job = driver.attempt().job();
    if (driver.podUid() == null && !job.id().startsWith("stay")) {
      if (job.id().startsWith("timed")) {
        createdAt.putIfAbsent(job, System.nanoTime());
      }
      AdmissionBenchLoad.driverObservations(driver.attempt(), Instant.now()).forEach(this::send);
      completedDrivers.incrementAndGet();
    }
  }
}
