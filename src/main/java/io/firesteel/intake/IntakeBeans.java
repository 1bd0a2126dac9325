package io.firesteel.intake;

import io.firesteel.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Beans of intake. */
@ApplicationScoped
class IntakeBeans {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private volatile boolean stopping;

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Produces
  @Singleton
  @Identifier("intake")
  Producer<byte[], byte[]> producer(
      @Identifier("default-kafka-broker") Map<String, Object> connection) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "firesteel-intake");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 3L * Topics.MAX_DEAD_LETTER_BYTES);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void close(@Disposes @Identifier("intake") Producer<byte[], byte[]> producer) {
    producer.close(CLOSE_TIMEOUT);
  }

  @Produces
  @Singleton
  IntakeMetrics metrics(MeterRegistry registry) {
    return new IntakeMetrics(registry);
  }

  @Produces
  @Singleton
  TenantShares tenantShares(IntakeConfig config) {
    return new TenantShares(config.burst(), config.rate(), System::nanoTime);
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(Topics topics, MeterRegistry registry) {
    return new DeadLetters(topics.deadLetters(), registry);
  }

  @Produces
  @Singleton
  RetryingProducer retryingProducer(
      @Identifier("intake") Producer<byte[], byte[]> producer,
      IntakeConfig config,
      DeadLetters deadLetters) {
    return new RetryingProducer(
        producer, config.retryBackoff(), () -> stopping, deadLetters::count);
  }
}
