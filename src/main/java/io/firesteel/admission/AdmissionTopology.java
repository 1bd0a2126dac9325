package io.firesteel.admission;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.event.CloudEventSettings;
import io.firesteel.event.JobStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.json.JsonCodec;
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
 * From the inbox through admission to drivers, events, results and status; one task for each
 * partition of the inbox, one ordered store in each task.
 */
public final class AdmissionTopology {

  private static final String INBOX = "inbox";
  private static final String ADMISSION = "admission";

  /**
   * The changelog is compacted early and in small pieces: a replica that starts without state reads
   * all of it, and most of what a busy installation writes is soon written over.
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
      Topics topics, AdmissionSettings settings, CloudEventSettings form, MeterRegistry registry) {
    Topology topology = new Topology();
    topology.addSource(INBOX, new StringDeserializer(), InboxRecord.deserializer(), topics.inbox());
    topology.addProcessor(
        ADMISSION,
        () -> new AdmissionProcessor(new Admission(settings), form.encoder(), registry),
        INBOX);
    topology.addStateStore(store(), ADMISSION);
    sink(topology, AdmissionProcessor.DRIVERS, topics.drivers(), json(DesiredDriver.class));
    sink(topology, AdmissionProcessor.EVENTS, topics.events(), form.serializer());
    sink(topology, AdmissionProcessor.RESULTS, topics.results(), form.serializer());
    sink(topology, AdmissionProcessor.STATUS, topics.status(), json(JobStatus.class));
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
    return JsonCodec.serde(type).serializer();
  }

  private static <V> void sink(
      Topology topology, String name, String topic, Serializer<V> serializer) {
    topology.addSink(name, topic, new StringSerializer(), serializer, ADMISSION);
  }
}
