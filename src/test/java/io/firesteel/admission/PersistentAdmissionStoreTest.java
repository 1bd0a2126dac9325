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
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The state in a store is the state on the heap, in another place. */
final class PersistentAdmissionStoreTest {

  private static final List<String> GROUPS = List.of("q/blue/", "q/blues/", "w/", "d/t/1:a/");

  /**
   * What a step does: adds or removes a member, reads or takes the first one, lists, or reopens.
   */
  enum Kind {
    ADD,
    REMOVE,
    FIRST,
    TAKE,
    LIST,
    REOPEN
  }

  record Step(Kind kind, String group, int number, int limit) {}

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void keepsSetsInOrderHoweverTheyAreUsed(@ForAll("steps") List<Step> steps) {
    AdmissionStore expected = new InMemoryAdmissionStore();
    KeyValueStore<String, byte[]> store = store();
    AdmissionStore actual = new PersistentAdmissionStore(store);
    for (Step step : steps) {
      if (step.kind == Kind.REOPEN) {
        actual = new PersistentAdmissionStore(store);
      } else {
        assertThat(read(step, actual)).isEqualTo(read(step, expected));
      }
    }
  }

  /** Takes a step; returns what it reads. */
  private static List<String> read(Step step, AdmissionStore store) {
    String member = SortKey.ofNumber(step.number) + "/\uD83D\uDD25";
    String first = step.kind == Kind.TAKE ? store.first(step.group) : null;
    switch (step.kind) {
      case ADD -> store.add(step.group, member);
      case REMOVE -> store.remove(step.group, member);
      case FIRST -> first = store.first(step.group);
      case TAKE -> Optional.ofNullable(first).ifPresent(taken -> store.remove(step.group, taken));
      case LIST, REOPEN -> {}
    }
    return step.kind == Kind.LIST
        ? store.list(step.group, step.limit)
        : first == null ? List.of() : List.of(first);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    var kinds =
        Arbitraries.frequency(
            Tuple.of(120, Kind.ADD),
            Tuple.of(40, Kind.REMOVE),
            Tuple.of(40, Kind.FIRST),
            Tuple.of(40, Kind.TAKE),
            Tuple.of(40, Kind.LIST),
            Tuple.of(1, Kind.REOPEN));
    var limits =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 20), Arbitraries.integers().between(1, 600));
    return Arbitraries.integers()
        .between(1, 3_000)
        .flatMap(range ->
            Combinators.combine(
                    kinds,
                    Arbitraries.of(GROUPS),
                    Arbitraries.integers()
                        .between(0, range)
                        .withDistribution(RandomDistribution.uniform()),
                    limits)
                .as(Step::new)
                .list()
                .ofMaxSize(3_000)
                .withSizeDistribution(RandomDistribution.uniform()));
  }

  @Property(tries = 100)
  void decidesTheSameAsOnTheHeap(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 300) int steps) {
    RandomHistory heap = new RandomHistory(seed);
    RandomHistory stored = new RandomHistory(seed, new PersistentAdmissionStore(store()));

    heap.live(steps);
    stored.live(steps);

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
  void keepsNoMoreInMemoryHoweverMuchIsStored() {
    PersistentAdmissionStore admissionStore = new PersistentAdmissionStore(store());
    for (int tenant = 0; tenant < 200; tenant++) {
      admissionStore.first("q/tenant-" + tenant + "/");
      for (int job = 0; job < 500; job++) {
        admissionStore.add("q/tenant-" + tenant + "/", SortKey.ofNumber(job) + "/job");
        admissionStore.put(Table.QUEUE_LENGTHS, tenant + "/" + job, 1L);
      }
    }

    assertThat(admissionStore.cachedMembers())
        .isBetween(
            PersistentAdmissionStore.MAX_CACHED_MEMBERS / 2,
            PersistentAdmissionStore.MAX_CACHED_MEMBERS);
    assertThat(admissionStore.cachedBytes())
        .isBetween(
            PersistentAdmissionStore.MAX_CACHED_BYTES / 2,
            PersistentAdmissionStore.MAX_CACHED_BYTES);
    assertThat(admissionStore.list("q/tenant-0/", 3))
        .containsExactly(
            SortKey.ofNumber(0) + "/job",
            SortKey.ofNumber(1) + "/job",
            SortKey.ofNumber(2) + "/job");
    assertThat(admissionStore.get(Table.QUEUE_LENGTHS, "0/0")).isEqualTo(1L);
  }

  @Example
  void countsWhatItForgets() {
    PersistentAdmissionStore admissionStore = new PersistentAdmissionStore(store());
    int empty = admissionStore.cachedMembers();
    for (int job = 0; job < 3_000; job++) {
      admissionStore.add("w/", SortKey.ofNumber(job));
      admissionStore.put(Table.QUEUE_LENGTHS, "blue/" + job, 1L);
      admissionStore.put(Table.QUEUE_LENGTHS, "blue/" + job, 2L);
    }
    for (String first = admissionStore.first("w/"); first != null; ) {
      admissionStore.remove("w/", first);
      first = admissionStore.first("w/");
    }
    for (int job = 0; job < 3_000; job++) {
      admissionStore.delete(Table.QUEUE_LENGTHS, "blue/" + job);
    }

    assertThat(admissionStore.cachedMembers()).isEqualTo(empty + 2);
    assertThat(admissionStore.cachedBytes()).isZero();
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
        .forEach(Table.TENANTS, "", tenantState -> names.add(tenantState.name()));

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
