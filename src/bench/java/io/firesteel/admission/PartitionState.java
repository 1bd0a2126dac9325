package io.firesteel.admission;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.inbox.InboxMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One partition's state of admission in RocksDB, with its caches, for measurements. */
public final class PartitionState implements AutoCloseable {

  private final Admission admission = new Admission(AdmissionSettings.DEFAULT);
  private final KeyValueStore<String, byte[]> state;
  private final PersistentAdmissionStore store;

  /**
   * Opens an empty state.
   *
   * @param rocksDb the settings of its store
   */
  public PartitionState(Path folder, int partition, Map<String, Object> rocksDb) {
    Properties settings = new Properties();
    settings.putAll(rocksDb);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "memory");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(settings, new TaskId(0, partition), folder.toFile());
    state =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AdmissionProcessor.STORE),
                Serdes.String(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    state.init(context.getStateStoreContext(), state);
    store = new PersistentAdmissionStore(state);
  }

  /** Decides on a message, and drops what follows from it. */
  public void decide(String cohort, InboxMessage message, Instant now) {
    WriteBackStore decision = new WriteBackStore(store);
    var _ = admission.decide(decision, new AdmissionInput.MessageArrived(cohort, message), now);
    decision.flush();
  }

  /** Must come before the JVM exits: RocksDB's threads crash it if they still work then. */
  @Override
  public void close() {
    state.close();
  }
}
