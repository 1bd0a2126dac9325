package io.firesteel.admission;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.inbox.InboxMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One partition's state of admission in RocksDB, with its caches, for measurements. */
public final class PartitionState {

  private final Admission admission = new Admission(AdmissionSettings.DEFAULT);
  private final PersistentAdmissionStore store;

  public PartitionState(Path folder, int partition) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "memory");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(settings, new TaskId(0, partition), folder.toFile());
    KeyValueStore<String, byte[]> state =
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
}
