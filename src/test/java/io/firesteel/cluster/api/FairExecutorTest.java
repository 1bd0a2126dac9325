package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class FairExecutorTest {

  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final FairExecutor executor = new FairExecutor(threads::add, 1);
  private final List<String> done = new ArrayList<>();

  @Test
  void letsTenantsTakeTurns() {
    for (int i = 1; i <= 3; i++) {
      submit("greedy", "greedy " + i);
    }
    submit("modest", "modest 1");
    run();

    assertThat(done).containsExactly("greedy 1", "greedy 2", "modest 1", "greedy 3");
  }

  @Test
  void limitsHowManyRunAtOnce() {
    submit("a", "first");
    submit("b", "second");

    assertThat(threads).hasSize(1);
    run();
    submit("a", "third");
    run();
    assertThat(done).containsExactly("first", "second", "third");
  }

  private void submit(String tenant, String name) {
    executor.submit(tenant, () -> done.add(name));
  }

  private void run() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }
}
