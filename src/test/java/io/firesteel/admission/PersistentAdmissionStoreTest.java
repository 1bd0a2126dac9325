package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.AdmissionHarness;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.RandomHistory;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The state in a store is the state on the heap, in another place. */
final class PersistentAdmissionStoreTest {

  private static final List<String> GROUPS = List.of("q/blue/", "q/blues/", "w/", "d/t/1:a/");

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void keepsSetsInOrderHoweverTheyAreUsed(@ForAll long seed) {
    Random random = new Random(seed);
    AdmissionStore expected = new InMemoryAdmissionStore();
    KeyValueStore<String, byte[]> store = store();
    AdmissionStore admissionStore = new PersistentAdmissionStore(store);
    int range = 1 + random.nextInt(3_000);
    List<String> used = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      String group = GROUPS.get(random.nextInt(GROUPS.size()));
      String member = SortKey.ofNumber(random.nextInt(range)) + "/\uD83D\uDD25";
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          used.add(member);
          admissionStore.add(group, member);
          expected.add(group, member);
        }
        case 3 -> {
          admissionStore.remove(group, member);
          expected.remove(group, member);
        }
        case 4, 5 -> {
          String first = expected.first(group);
          assertThat(admissionStore.first(group)).isEqualTo(first);
          if (first != null && random.nextBoolean()) {
            admissionStore.remove(group, first);
            expected.remove(group, first);
          }
        }
        case 6 -> {
          int limit = 1 + random.nextInt(random.nextBoolean() ? 20 : 600);
          assertThat(admissionStore.list(group, limit)).isEqualTo(expected.list(group, limit));
        }
        default -> {
          if (random.nextInt(400) == 0) {
            admissionStore = new PersistentAdmissionStore(store);
          }
        }
      }
    }
    assertThat(used).isNotEmpty();
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void decidesTheSameAsOnTheHeap(@ForAll long seed) {
    RandomHistory heap = new RandomHistory(seed);
    RandomHistory stored = new RandomHistory(seed, new PersistentAdmissionStore(store()));

    heap.live(300);
    stored.live(300);

    assertThat(JsonCodec.write(AdmissionHarness.events(stored.admissionHarness.said()).toList()))
        .isEqualTo(JsonCodec.write(AdmissionHarness.events(heap.admissionHarness.said()).toList()));
  }

  @Example
  void sortsAsTheStoreDoesBeyondTheBasicPlane() {
    AdmissionStore admissionStore = new PersistentAdmissionStore(store());
    List.of("\uD83D\uDD25", "\uFFFD", "a").forEach(member -> admissionStore.add("w/", member));

    assertThat(admissionStore.list("w/", 3)).containsExactly("a", "\uFFFD", "\uD83D\uDD25");
    admissionStore.add("w/", "\uE000");
    assertThat(admissionStore.list("w/", 4))
        .containsExactly("a", "\uE000", "\uFFFD", "\uD83D\uDD25");
  }

  @Example
  void readsTheRecordsOfATenantInParts() {
    AdmissionStore stored = new PersistentAdmissionStore(store());
    AdmissionStore heap = new InMemoryAdmissionStore();
    for (AdmissionStore store : List.of(stored, heap)) {
      for (String key : List.of("a/1", "b/1", "b/2", "b/3", "b-c/1", "c/1")) {
        store.put(Table.DEPENDENT_COUNTS, key, (long) key.hashCode());
      }
    }

    assertThat(stored.records(Table.DEPENDENT_COUNTS, "b/", "", 2))
        .containsExactly((long) "b/1".hashCode(), (long) "b/2".hashCode())
        .isEqualTo(heap.records(Table.DEPENDENT_COUNTS, "b/", "", 2));
    assertThat(stored.records(Table.DEPENDENT_COUNTS, "b/", "b/2", 2))
        .containsExactly((long) "b/3".hashCode())
        .isEqualTo(heap.records(Table.DEPENDENT_COUNTS, "b/", "b/2", 2));
  }

  @Example
  void showsTheTenantsItKeeps() {
    KeyValueStore<String, byte[]> store = store();
    AdmissionHarness admissionHarness =
        new AdmissionHarness(AdmissionSettings.DEFAULT, new PersistentAdmissionStore(store));
    admissionHarness.limit("blue", 1);
    admissionHarness.limit("green", 2);

    List<String> names = new ArrayList<>();
    new PersistentAdmissionStore(store)
        .forEach(Table.TENANTS, tenantState -> names.add(tenantState.name()));

    assertThat(names).containsExactly("blue", "green");
  }

  private static KeyValueStore<String, byte[]> store() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("admission"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
