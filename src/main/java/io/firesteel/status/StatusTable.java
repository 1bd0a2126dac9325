package io.firesteel.status;

import io.firesteel.event.JobStatus;
import io.firesteel.event.TenantStatus;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status topics of jobs and tenants as tables on this replica, which may lag behind the topics.
 * Thread-safe.
 */
@ApplicationScoped
public class StatusTable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusTable.class);

  /** Differs from the name of earlier releases, whose local tables had another form. */
  private static final String APPLICATION = "firesteel-status-view";

  private final StreamsApps apps;
  private final Topics topics;
  private final JobIndex index;
  private @Nullable StreamsApp app;

  StatusTable(StreamsApps apps, Topics topics, JobIndex index) {
    this.apps = apps;
    this.topics = topics;
    this.index = index;
  }

  void start(@Observes StartupEvent event) {
    app =
        apps.start(
            APPLICATION,
            StatusTopology.build(topics.status(), topics.tenantStatus(), index),
            Map.of(StreamsConfig.consumerPrefix("isolation.level"), "read_committed"));
    index.started();
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
  }

  /**
   * The latest status of a job, with the reason for waiting as published; empty if the job is
   * unknown or forgotten.
   */
  public Optional<JobStatus> find(JobKey job) {
    byte[] value = store(StatusTopology.JOBS).get(job.toString());
    return value == null ? Optional.empty() : readJob(job.toString(), StoredStatus.json(value));
  }

  /** The latest status of a tenant; empty if admission has never published one. */
  public Optional<TenantStatus> tenant(String name) {
    return readTenant(name, store(StatusTopology.TENANTS).get(name));
  }

  /** The latest status of every tenant, by name. */
  public Map<String, TenantStatus> tenants() {
    Map<String, TenantStatus> found = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> all = store(StatusTopology.TENANTS).all()) {
      all.forEachRemaining(entry ->
          readTenant(entry.key, entry.value).ifPresent(status -> found.put(entry.key, status)));
    }
    return found;
  }

  /** The tables hold bytes, because a record that cannot be read would end the instance. */
  static Optional<JobStatus> readJob(String key, byte @Nullable [] value) {
    try {
      return Optional.ofNullable(value).map(bytes -> JsonCodec.read(bytes, JobStatus.class));
    } catch (UncheckedIOException | NullPointerException _) {
      LOG.atWarn().addKeyValue("key", key).log("The status of a job cannot be read");
      return Optional.empty();
    }
  }

  private static Optional<TenantStatus> readTenant(String key, byte @Nullable [] value) {
    try {
      return Optional.ofNullable(value).map(bytes -> JsonCodec.read(bytes, TenantStatus.class));
    } catch (UncheckedIOException _) {
      LOG.atWarn().addKeyValue("key", key).log("The status of a tenant cannot be read");
      return Optional.empty();
    }
  }

  private ReadOnlyKeyValueStore<String, byte[]> store(String name) {
    if (app == null) {
      throw new InvalidStateStoreException("the status table is not open");
    }
    return app.streams()
        .store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
  }
}
