package io.firesteel.e2e;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka client of an upstream system. */
final class RequestPublisher implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;

  RequestPublisher(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            10 << 20);
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(settings, bytes, bytes);
  }

  void publish(String message) {
    publish(message.getBytes(StandardCharsets.UTF_8));
  }

  void publish(byte[] message) {
    publish(new ProducerRecord<>("spark-job-requests", message));
  }

  void publishTo(String topic, String message) {
    publish(new ProducerRecord<>(topic, message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Publishes a request with a trace context. */
  void publish(String message, String traceparent) {
    var record =
        new ProducerRecord<byte[], byte[]>(
            "spark-job-requests", message.getBytes(StandardCharsets.UTF_8));
    record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    publish(record);
  }

  private void publish(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
