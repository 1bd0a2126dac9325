package io.firesteel.cluster.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.ExecutorPod.State;
import io.firesteel.inbox.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reports about executors: counts, or each executor. */
final class ExecutorPodsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(SamplePods.INSTALLATION, LONG, null, LONG, LONG, LONG, true);
  private static final PodView DRIVER = SamplePods.running(2);
  private static final PodView ASKING = SamplePods.withExecutorEvents(DRIVER);
  private static final PodView RUNNING = SamplePods.executor("executor-1", DRIVER);
  private static final PodView KILLED =
      SamplePods.executor("executor-1", SamplePods.ended(3, 137, "OOMKilled"));

  private DriverState state =
      DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST)).withPod(DRIVER);

  @Test
  void reportsCountsUnlessTheDriverAsksForMore() {
    update(RUNNING);

    assertThat(reported()).containsExactly(new Reported(1, 1, List.of()));
    update(KILLED);
    assertThat(reported()).containsExactly(new Reported(0, 1, List.of()));
  }

  @Test
  void reportsOnceHowEachExecutorEnded() {
    state = DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST)).withPod(ASKING);
    update(RUNNING);

    assertThat(reported())
        .containsExactly(new Reported(1, 1, List.of(executor(State.RUNNING, null))));
    update(KILLED);
    update(KILLED);
    assertThat(reported()).containsExactly(new Reported(0, 1, List.of(killed())));
    state = PodChanges.deleted(state, KILLED, SamplePods.INSTALLATION);
    assertThat(reported()).isEmpty();
  }

  @Test
  void reportsAnExecutorThatEndedBeforeItWasObservedRunning() {
    state = DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST)).withPod(ASKING);
    update(KILLED);

    assertThat(reported()).containsExactly(new Reported(0, 0, List.of(killed())));
  }

  @Test
  void reportsADeletedExecutorAsGone() {
    state = DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST)).withPod(ASKING);
    update(RUNNING);
    reported();
    update(SamplePods.deleting(KILLED));

    assertThat(reported())
        .flatExtracting(Reported::changed)
        .extracting(ExecutorPod::state)
        .containsExactly(State.GONE);
  }

  @Test
  void reportsAnExecutorAsGoneThatAListLacks() {
    state = DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST)).withPod(ASKING);
    update(RUNNING);
    reported();
    state = state.afterList("acme-jobs", 9, Set.of(DRIVER.uid()));

    assertThat(reported()).containsExactly(new Reported(0, 1, List.of(executor(State.GONE, null))));
  }

  @Test
  void reportsManyExecutorsInBatchesThatFitARecord() {
    state = DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST)).withPod(ASKING);
    for (int i = 0; i < 1001; i++) {
      update(SamplePods.executor("executor-" + i, DRIVER));
    }

    assertThat(reported())
        .extracting(reported -> reported.changed().size())
        .containsExactly(DriverReports.BATCH_SIZE, DriverReports.BATCH_SIZE, 1);
    assertThat(reported()).isEmpty();
  }

  private record Reported(int running, int total, List<ExecutorPod> changed) {}

  private void update(PodView executor) {
    state = PodChanges.updated(state, executor, SamplePods.INSTALLATION);
  }

  /** Reconciles, and returns the reports about executors. */
  private List<Reported> reported() {
    Reconciler.ReconcileResult result =
        Reconciler.reconcile(SETTINGS, state, SamplePods.NOON.plusSeconds(1));
    state = result.state();
    return result.effects().stream()
        .filter(Effect.Report.class::isInstance)
        .map(effect -> ((Effect.Report) effect).observation())
        .filter(Observation.ExecutorsCounted.class::isInstance)
        .map(Observation.ExecutorsCounted.class::cast)
        .map(observation ->
            new Reported(observation.running(), observation.total(), observation.changed()))
        .toList();
  }

  private static ExecutorPod killed() {
    return new ExecutorPod(RUNNING.name(), State.FAILED, 137, "OOMKilled");
  }

  private static ExecutorPod executor(State state, @Nullable Integer exit) {
    return new ExecutorPod(RUNNING.name(), state, exit, null);
  }
}
