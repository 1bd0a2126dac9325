package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.kafka.Json;
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
final class StoredStateTest {

  private static final List<String> GROUPS = List.of("q/blue/", "q/blues/", "w/", "d/t/1:a/");

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void keepsSetsInOrderHoweverTheyAreUsed(@ForAll long seed) {
    Random random = new Random(seed);
    State expected = new MemoryState();
    KeyValueStore<String, byte[]> store = store();
    State state = new StoredState(store);
    int range = 1 + random.nextInt(3_000);
    List<String> used = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      String group = GROUPS.get(random.nextInt(GROUPS.size()));
      String member = Order.number(random.nextInt(range)) + "/\uD83D\uDD25";
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          used.add(member);
          state.add(group, member);
          expected.add(group, member);
        }
        case 3 -> {
          state.remove(group, member);
          expected.remove(group, member);
        }
        case 4, 5 -> {
          String first = expected.first(group);
          assertThat(state.first(group)).isEqualTo(first);
          if (first != null && random.nextBoolean()) {
            state.remove(group, first);
            expected.remove(group, first);
          }
        }
        case 6 -> {
          int limit = 1 + random.nextInt(random.nextBoolean() ? 20 : 600);
          assertThat(state.list(group, limit)).isEqualTo(expected.list(group, limit));
        }
        default -> {
          if (random.nextInt(400) == 0) {
            state = new StoredState(store);
          }
        }
      }
    }
    assertThat(used).isNotEmpty();
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void decidesTheSameAsOnTheHeap(@ForAll long seed) {
    History heap = new History(seed);
    History stored = new History(seed, new StoredState(store()));

    heap.live(300);
    stored.live(300);

    assertThat(Json.write(World.events(stored.world.said()).toList()))
        .isEqualTo(Json.write(World.events(heap.world.said()).toList()));
  }

  @Example
  void sortsAsTheStoreDoesBeyondTheBasicPlane() {
    State state = new StoredState(store());
    List.of("\uD83D\uDD25", "\uFFFD", "a").forEach(member -> state.add("w/", member));

    assertThat(state.list("w/", 3)).containsExactly("a", "\uFFFD", "\uD83D\uDD25");
    state.add("w/", "\uE000");
    assertThat(state.list("w/", 4)).containsExactly("a", "\uE000", "\uFFFD", "\uD83D\uDD25");
  }

  @Example
  void showsTheTenantsItKeeps() {
    KeyValueStore<String, byte[]> store = store();
    World world = new World(AdmissionSettings.DEFAULT, new StoredState(store));
    world.limit("blue", 1);
    world.limit("green", 2);

    List<String> names = new ArrayList<>();
    new StoredState(store).each(Table.TENANTS, tenant -> names.add(tenant.name()));

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
