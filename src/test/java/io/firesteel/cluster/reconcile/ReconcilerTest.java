package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.log.LogExcerpt;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
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
  void reportsOnceThatADriverIsReady() {
    created();
    state = state.withPod(SamplePods.running(2));
    calls();
    state = state.withPod(SamplePods.running(3).withReadyAt(NOON.plusSeconds(9)));
    calls();
    state = state.withPod(SamplePods.running(4).withReadyAt(NOON.plusSeconds(99)));
    calls();

    assertThat(reported)
        .extracting(observation -> observation.getClass().getSimpleName())
        .containsExactly("Created", "Pending", "Started", "Ready");
    assertThat(lastReported(Observation.Ready.class).at()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void readsTheLogOfTheInitContainerThatFailed() {
    created();
    ContainerTerminated end = new ContainerTerminated(3, "Error", null, NOON);
    state =
        state.withPod(
            SamplePods.ended(3, 3, "Error")
                .withContainer(new Container("prepare", null, null, end)));
    Effect.Diagnose diagnose =
        new Effect.Diagnose(FIRST, "acme-jobs", SamplePods.driverPodName(), "uid-1", "prepare");

    assertThat(calls()).containsExactly(diagnose);

    String log = "connecting\npassword=hunter2\nno such bucket";
    apply(diagnose, new CallResult.Diagnosed(new Diagnostics(LogExcerpt.of(log, 20), List.of())));
    calls();

    assertThat(lastReported(Observation.Finished.class).failure())
        .satisfies(failure -> {
          assertThat(failure.exitCode()).isEqualTo(3);
          assertThat(failure.message()).contains("Init container prepare ended with exit code 3");
          assertThat(failure.logTail()).contains("no such bucket").doesNotContain("hunter2");
        });
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
