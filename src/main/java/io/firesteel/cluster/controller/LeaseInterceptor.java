package io.firesteel.cluster.controller;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Renews leases on the successful commits of a Streams instance. Public because Kafka instantiates
 * it by its name.
 */
@RegisterForReflection
public final class LeaseInterceptor implements ConsumerInterceptor<byte[], byte[]> {

  private static final String LEASES = "firesteel.leases";

  private @Nullable Leases leases;

  /** Settings of a Streams instance whose commits renew the leases. */
  public static Map<String, Object> settings(Leases leases) {
    return Map.of(
        StreamsConfig.mainConsumerPrefix("interceptor.classes"),
        LeaseInterceptor.class.getName(),
        StreamsConfig.mainConsumerPrefix(LEASES),
        leases);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    leases = (Leases) configs.get(LEASES);
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (leases != null) {
      offsets.keySet().stream().map(TopicPartition::partition).forEach(leases::confirm);
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    return records;
  }

  @Override
  public void close() {}
}
