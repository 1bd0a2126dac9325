package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.log.LogExcerpt;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a driver is created, and what is reported about it. */
final class ReconcilerTest extends ReconcilerFixture {

  @Test
  void createsADriverThatWasNeverObserved() {
    assertThat(calls()).containsExactly(new CreateDriver(desired(FIRST)));
    assertThat(reported).isEmpty();
  }

  @Test
  void makesOneCallAtATime() {
    calls();

    assertThat(calls()).isEmpty();
  }

  @Test
  void completesWhatAnEarlierProcessStarted() {
    state = state.withPod(SamplePods.pending(1));

    assertThat(calls()).containsExactly(new CreateDriver(desired(FIRST)));
    assertThat(reported)
        .hasOnlyElementsOfTypes(Observation.Created.class, Observation.Pending.class);
  }

  @Test
  void reportsEachStepOnce() {
    created();
    state = state.withPod(SamplePods.running(2));
    calls();
    calls();
    state = state.withPod(SamplePods.ended(3, 0, "Completed"));
    calls();
    calls();

    assertThat(reported)
        .extracting(observation -> observation.getClass().getSimpleName())
        .containsExactly("Created", "Pending", "Started", "Finished");
  }

  @Test
  void readsTheLogOfAFailedDriverBeforeItReportsTheEnd() {
    created();
    PodView failed = SamplePods.ended(3, 3, "Error");
    state = state.withPod(failed);

    assertThat(calls()).containsExactly(DIAGNOSE_WITH_LOG);
    assertThat(reported).doesNotHaveAnyElementsOfTypes(Observation.Finished.class);

    apply(
        DIAGNOSE_WITH_LOG,
        new CallResult.Diagnosed(new Diagnostics(LogExcerpt.of("last words", 20), List.of())));
    calls();

    assertThat(lastReported(Observation.Finished.class).failure())
        .satisfies(failure -> {
          assertThat(failure.exitCode()).isEqualTo(3);
          assertThat(failure.logTail()).isEqualTo("last words\n");
          assertThat(failure.category()).isEqualTo(FailureCategory.APPLICATION);
        });
  }

  @Test
  void dropsTheSpecOnceTheObjectsAreComplete() {
    created();

    assertThat(state.desired())
        .isNotNull()
        .satisfies(driver -> assertThat(driver.spec().isMissingNode()).isTrue());
  }

  @Test
  void reportsARejectionByTheApiServer() {
    calls();
    Failure quota = Failure.of(FailureCategory.CAPACITY, "QuotaExceeded", "too many pods");
    apply(new CreateDriver(desired(FIRST)), new CallResult.PermanentFailure(quota));

    assertThat(calls()).isEmpty();
    assertThat(lastReported(Observation.Rejected.class).failure()).isEqualTo(quota);
  }

  @Test
  void waitsBeforeItRetriesACall() {
    calls();
    apply(
        new CreateDriver(desired(FIRST)),
        new CallResult.RetryLater("HTTP 429", Duration.ofSeconds(7)));

    assertThat(calls()).isEmpty();
    now = now.plusSeconds(11);
    assertThat(calls()).containsExactly(new CreateDriver(desired(FIRST)));
  }

  @Test
  void ignoresAnOlderViewOfAPod() {
    created();
    state = state.withPod(SamplePods.running(5)).withPod(SamplePods.pending(4));
    calls();

    assertThat(reported).last().isInstanceOf(Observation.Started.class);
  }

  @Test
  void reportsTheNumberOfRunningExecutors() {
    created();
    state = state.withPod(SamplePods.running(2)).with(executors(Set.of("a", "b")));
    calls();
    state = state.with(executors(Set.of()));
    calls();

    assertThat(reported)
        .filteredOn(Observation.ExecutorsCounted.class::isInstance)
        .extracting(o -> ((Observation.ExecutorsCounted) o).running())
        .containsExactly(2, 0);
  }

  private static ExecutorPods executors(Set<String> running) {
    return new ExecutorPods(
        new ExecutorPods.ExecutorCount(running, 2), ExecutorPods.ExecutorChanges.NONE);
  }
}
