package io.firesteel.admission;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.event.JobStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.kafka.JsonSerde;
import io.firesteel.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology from the inbox through admission to drivers, events, results and status. Each
 * partition of the inbox has one task with one ordered store.
 */
public final class AdmissionTopology {

  private static final String INBOX = "inbox";
  private static final String ADMISSION = "admission";

  /**
   * Compacts the changelog early and in small segments: a replica that starts without state reads
   * all of it, and a busy installation soon overwrites most of its records.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "segment.bytes",
          Integer.toString(32 << 20),
          "min.cleanable.dirty.ratio",
          "0.1",
          "max.message.bytes",
          Integer.toString(Topics.LARGEST_RECORD));

  private AdmissionTopology() {}

  /** The topology; run it with {@link AdmissionStreamsConfig}. */
  public static Topology build(
      Topics topics,
      AdmissionSettings settings,
      CloudEventEncoder encoder,
      MeterRegistry registry) {
    Topology topology = new Topology();
    topology.addSource(INBOX, new StringDeserializer(), InboxRecord.deserializer(), topics.inbox());
    topology.addProcessor(
        ADMISSION, () -> new AdmissionProcessor(new Admission(settings), encoder, registry), INBOX);
    topology.addStateStore(store(), ADMISSION);
    sink(topology, AdmissionProcessor.DRIVERS, topics.drivers(), json(DesiredDriver.class));
    sink(topology, AdmissionProcessor.EVENTS, topics.events(), encoder.serializer());
    sink(topology, AdmissionProcessor.RESULTS, topics.results(), encoder.serializer());
    sink(topology, AdmissionProcessor.STATUS, topics.status(), json(JobStatus.class));
    sink(topology, AdmissionProcessor.INBOX, topics.inbox(), json(InboxMessage.class));
    sink(topology, AdmissionProcessor.TENANTS, topics.tenants(), json(TenantHome.class));
    sink(
        topology, AdmissionProcessor.DEAD_LETTERS, topics.deadLetters(), new ByteArraySerializer());
    return topology;
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(AdmissionProcessor.STORE),
            Serdes.String(),
            Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG);
  }

  private static <V> Serializer<V> json(Class<V> type) {
    return JsonSerde.serde(type).serializer();
  }

  private static <V> void sink(
      Topology topology, String name, String topic, Serializer<V> serializer) {
    topology.addSink(name, topic, new StringSerializer(), serializer, ADMISSION);
  }
}
