package io.firesteel.admission;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.kafka.SourcePriority;
import io.firesteel.kafka.Topics;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology from observations, inbox and backlog, read in this order, through admission to
 * drivers, events, results and status. Each partition of the inbox has one task with one ordered
 * store.
 */
public final class AdmissionTopology {

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
      TenantCollector tenants) {
    Topology topology = new Topology();
    String[] sources = {topics.observations(), topics.inbox(), topics.backlog()};
    for (int rank = 0; rank < sources.length; rank++) {
      topology.addSource(
          AutoOffsetReset.earliest(),
          sources[rank],
          new SourcePriority(rank),
          new StringDeserializer(),
          InboxRecord.deserializer(),
          sources[rank]);
    }
    topology.addProcessor(
        ADMISSION,
        () -> new AdmissionProcessor(new Admission(settings), encoder, tenants),
        sources);
    topology.addStateStore(store(), ADMISSION);
    sink(topology, OutputRecords.DRIVERS, topics.drivers());
    sink(topology, OutputRecords.EVENTS, topics.events());
    sink(topology, OutputRecords.RESULTS, topics.results());
    sink(topology, OutputRecords.STATUS, topics.status());
    sink(topology, OutputRecords.INBOX, topics.inbox());
    sink(topology, OutputRecords.TENANTS, topics.tenants());
    sink(topology, OutputRecords.TENANT_STATUS, topics.tenantStatus());
    sink(topology, AdmissionProcessor.DEAD_LETTERS, topics.deadLetters());
    return topology;
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(AdmissionProcessor.STORE),
            Serdes.String(),
            Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG);
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), ADMISSION);
  }
}
