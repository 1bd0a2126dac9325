package io.firesteel.status;

import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole status topic as a table on this replica. Thread-safe. */
@ApplicationScoped
class StatusTable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusTable.class);
  private static final String STORE = "status";

  private final StreamsApps apps;
  private final Topics topics;
  private @Nullable StreamsApp app;

  StatusTable(StreamsApps apps, Topics topics) {
    this.apps = apps;
    this.topics = topics;
  }

  void start(@Observes StartupEvent event) {
    app =
        apps.start(
            "firesteel-status",
            topology(topics.status()),
            Map.of(StreamsConfig.consumerPrefix("isolation.level"), "read_committed"));
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
  }

  static Topology topology(String statusTopic) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.globalTable(
        statusTopic,
        Consumed.with(Serdes.String(), Serdes.ByteArray()),
        Materialized.<String, byte[], KeyValueStore<Bytes, byte[]>>as(STORE)
            .withKeySerde(Serdes.String())
            .withValueSerde(Serdes.ByteArray()));
    return builder.build();
  }

  /** The latest state of a job; empty if it is unknown or forgotten. */
  Optional<JobStatus> find(JobKey job) {
    return read(job.toString(), store().get(job.toString()));
  }

  /** Up to {@code limit} jobs of a tenant, by id. */
  List<JobStatus> list(String tenant, Predicate<JobStatus> wanted, int limit) {
    List<JobStatus> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> range = store().range(tenant + "/", tenant + "0")) {
      while (range.hasNext() && found.size() < limit) {
        KeyValue<String, byte[]> entry = range.next();
        read(entry.key, entry.value).filter(wanted).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The table holds bytes, because a record that cannot be read would end the instance. */
  static Optional<JobStatus> read(String key, byte @Nullable [] value) {
    try {
      return Optional.ofNullable(value).map(bytes -> JsonCodec.read(bytes, JobStatus.class));
    } catch (UncheckedIOException _) {
      LOG.atWarn().addKeyValue("key", key).log("The status of a job cannot be read");
      return Optional.empty();
    }
  }

  private ReadOnlyKeyValueStore<String, byte[]> store() {
    if (app == null) {
      throw new IllegalStateException("the status table is not open");
    }
    return app.streams()
        .store(StoreQueryParameters.fromNameAndType(STORE, QueryableStoreTypes.keyValueStore()));
  }
}
