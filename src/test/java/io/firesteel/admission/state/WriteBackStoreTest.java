package io.firesteel.admission.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A store that holds changes back reads as the store would if it had them. */
final class WriteBackStoreTest {

  private static final List<String> GROUPS = List.of("q/blue/", "q/green/", "w/");
  private static final List<String> SUFFIXES = List.of("", "/a", "/\uD83D\uDD25");

  private final InMemoryAdmissionStore expected = new InMemoryAdmissionStore();
  private final InMemoryAdmissionStore stored = new InMemoryAdmissionStore();

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void readsTheSameBeforeAndAfterAFlush(@ForAll long seed) {
    Random random = new Random(seed);
    int range = 1 + random.nextInt(60);
    for (int decision = 0; decision < 10; decision++) {
      WriteBackStore changes = new WriteBackStore(stored);
      Map<String, Object> before = stored.snapshot();
      for (int step = random.nextInt(80); step > 0; step--) {
        change(changes, random, range);
        assertSameReads(changes, random, range);
      }
      assertThat(stored.snapshot()).isEqualTo(before);
      changes.flush();
      assertThat(stored.snapshot()).isEqualTo(expected.snapshot());
    }
  }

  private void change(AdmissionStore changes, Random random, int range) {
    String group = GROUPS.get(random.nextInt(GROUPS.size()));
    String member = member(random, range);
    String first = expected.first(group);
    switch (random.nextInt(6)) {
      case 0, 1 -> both(changes, store -> store.add(group, member));
      case 2 -> both(changes, store -> store.remove(group, member));
      case 3 -> both(changes, store -> store.remove(group, first == null ? member : first));
      case 4 ->
          both(changes, store -> store.put(Table.QUEUE_LENGTHS, member, (long) member.length()));
      default -> both(changes, store -> store.delete(Table.QUEUE_LENGTHS, member));
    }
  }

  private void both(AdmissionStore changes, Consumer<AdmissionStore> change) {
    change.accept(changes);
    change.accept(expected);
  }

  private void assertSameReads(AdmissionStore changes, Random random, int range) {
    String group = GROUPS.get(random.nextInt(GROUPS.size()));
    int limit = random.nextInt(range + 2);
    String key = member(random, range);
    assertThat(changes.first(group)).isEqualTo(expected.first(group));
    assertThat(changes.list(group, limit)).isEqualTo(expected.list(group, limit));
    assertThat(changes.get(Table.QUEUE_LENGTHS, key))
        .isEqualTo(expected.get(Table.QUEUE_LENGTHS, key));
  }

  private static String member(Random random, int range) {
    return SortKey.ofNumber(random.nextInt(range)) + SUFFIXES.get(random.nextInt(3));
  }
}
