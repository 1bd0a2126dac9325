package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.Observation;
import io.firesteel.job.ExecutorPod;
import io.firesteel.job.ExecutorPod.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of executors, counted or each. */
final class ExecutorsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Limits LIMITS = new Limits(LONG, null, LONG, LONG, LONG, true);
  private static final PodView DRIVER = Pods.running(2);
  private static final PodView ASKING = Pods.askingForEachExecutor(DRIVER);
  private static final PodView RUNNING = Pods.executor("executor-1", DRIVER);
  private static final PodView KILLED =
      Pods.executor("executor-1", Pods.ended(3, 137, "OOMKilled"));

  private Track track = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST)).seeing(DRIVER);

  @Test
  void onlyCountsUnlessTheDriverAsksForMore() {
    see(RUNNING);

    assertThat(told()).containsExactly(new Told(1, 1, List.of()));
    see(KILLED);
    assertThat(told()).containsExactly(new Told(0, 1, List.of()));
  }

  @Test
  void tellsHowEachEndedAndTellsItOnce() {
    track = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST)).seeing(ASKING);
    see(RUNNING);

    assertThat(told()).containsExactly(new Told(1, 1, List.of(executor(State.RUNNING, null))));
    see(KILLED);
    see(KILLED);
    assertThat(told()).containsExactly(new Told(0, 1, List.of(killed())));
    track = PodNews.gone(track, KILLED, true, Pods.NOON);
    assertThat(told()).isEmpty();
  }

  @Test
  void tellsOfOneThatEndedBeforeItWasSeenToRun() {
    track = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST)).seeing(ASKING);
    see(KILLED);

    assertThat(told()).containsExactly(new Told(0, 0, List.of(killed())));
  }

  @Test
  void oneThatIsDeletedIsGoneAndDidNotFail() {
    track = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST)).seeing(ASKING);
    see(RUNNING);
    told();
    see(Pods.deleting(KILLED));

    assertThat(told())
        .flatExtracting(Told::changed)
        .extracting(ExecutorPod::state)
        .containsExactly(State.GONE);
  }

  @Test
  void oneThatAListDoesNotHoldAnyMoreIsGone() {
    track = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST)).seeing(ASKING);
    see(RUNNING);
    told();
    track = track.among("acme-jobs", 9, Set.of(DRIVER.uid()));

    assertThat(told()).containsExactly(new Told(0, 1, List.of(executor(State.GONE, null))));
  }

  @Test
  void tellsOfManyInPortionsThatFitARecord() {
    track = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST)).seeing(ASKING);
    for (int i = 0; i < 1001; i++) {
      see(Pods.executor("executor-" + i, DRIVER));
    }

    assertThat(told())
        .extracting(told -> told.changed().size())
        .containsExactly(Draft.PORTION, Draft.PORTION, 1);
    assertThat(told()).isEmpty();
  }

  private record Told(int running, int total, List<ExecutorPod> changed) {}

  private void see(PodView executor) {
    track = PodNews.seen(track, executor);
  }

  /** What one step tells of executors. */
  private List<Told> told() {
    Reconciliation.Step step = new Reconciliation(LIMITS).step(track, Pods.NOON.plusSeconds(1));
    track = step.track();
    return step.effects().stream()
        .filter(Effect.Report.class::isInstance)
        .map(effect -> ((Effect.Report) effect).observation())
        .filter(Observation.Executors.class::isInstance)
        .map(Observation.Executors.class::cast)
        .map(seen -> new Told(seen.running(), seen.total(), seen.changed()))
        .toList();
  }

  private static ExecutorPod killed() {
    return new ExecutorPod(RUNNING.name(), State.FAILED, 137, "OOMKilled");
  }

  private static ExecutorPod executor(State state, @Nullable Integer exit) {
    return new ExecutorPod(RUNNING.name(), state, exit, null);
  }
}
