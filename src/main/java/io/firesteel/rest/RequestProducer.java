package io.firesteel.rest;

import io.firesteel.kafka.Topics;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.rest.request.RequestMessage;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of the API to Kafka. Returns when all in-sync replicas have them. If it fails,
 * Kafka may have some of them; the caller repeats the call, and what arrives twice has one effect.
 * Thread-safe.
 */
@Singleton
class RequestProducer {

  private static final int BLOCK_MS = 5_000;
  private static final int REQUEST_MS = 4_000;
  private static final int DELIVERY_MS = 10_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, Object> settings;
  private final String requests;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  RequestProducer(
      @Identifier("default-kafka-broker") Map<String, Object> connection, Topics topics) {
    this.requests = topics.requests();
    this.settings = new HashMap<>(connection);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "firesteel-rest");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
  }

  /** Sends messages to the request topic. */
  void send(List<RequestMessage> messages) {
    sendRecords(messages.stream().map(message -> message.toRecord(requests)).toList());
  }

  /** Sends records as they are. */
  void sendRecords(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<?>> sent = new ArrayList<>();
    try {
      for (ProducerRecord<byte[], byte[]> message : records) {
        sent.add(producer().send(message));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException | KafkaException e) {
      throw new ProblemException(
          ProblemCode.UNAVAILABLE, "Kafka did not take the request; repeat the same call");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemCode.UNAVAILABLE, "the worker stops; repeat the same call");
    }
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      var bytes = new ByteArraySerializer();
      producer = new KafkaProducer<>(settings, bytes, bytes);
    }
    return producer;
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    if (producer != null) {
      producer.close(CLOSE_TIMEOUT);
    }
  }
}
