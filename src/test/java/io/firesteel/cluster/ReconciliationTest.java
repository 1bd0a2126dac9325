package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Create;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a driver is made, and what is told of it on its way. */
final class ReconciliationTest extends ReconciliationSteps {

  @Test
  void createsADriverThatWasNeverSeen() {
    assertThat(calls()).containsExactly(new Create(wanted(FIRST)));
    assertThat(told).isEmpty();
  }

  @Test
  void makesOneCallAtATime() {
    calls();

    assertThat(calls()).isEmpty();
  }

  @Test
  void completesWhatAnEarlierProcessBegan() {
    track = track.seeing(Pods.pending(1));

    assertThat(calls()).containsExactly(new Create(wanted(FIRST)));
    assertThat(told).hasOnlyElementsOfTypes(Observation.Created.class, Observation.Pending.class);
  }

  @Test
  void tellsEachStepOnce() {
    created();
    track = track.seeing(Pods.running(2));
    calls();
    calls();
    track = track.seeing(Pods.ended(3, 0, "Completed"));
    calls();
    calls();

    assertThat(told)
        .extracting(observation -> observation.getClass().getSimpleName())
        .containsExactly("Created", "Pending", "Started", "Finished");
  }

  @Test
  void readsTheLogOfAFailedDriverBeforeItTellsTheEnd() {
    created();
    PodView failed = Pods.ended(3, 3, "Error");
    track = track.seeing(failed);

    assertThat(calls()).containsExactly(INQUEST);
    assertThat(told).doesNotHaveAnyElementsOfTypes(Observation.Finished.class);

    answer(INQUEST, new Outcome.Found(new Evidence("last words", List.of())));
    calls();

    assertThat(lastTold(Observation.Finished.class).failure())
        .satisfies(failure -> {
          assertThat(failure.exitCode()).isEqualTo(3);
          assertThat(failure.logTail()).isEqualTo("last words");
          assertThat(failure.category()).isEqualTo(FailureCategory.APPLICATION);
        });
  }

  @Test
  void forgetsTheSpecOnceTheObjectsAreComplete() {
    created();

    assertThat(track.desired())
        .isNotNull()
        .satisfies(driver -> assertThat(driver.spec().isMissingNode()).isTrue());
  }

  @Test
  void tellsARefusalOfTheApiServer() {
    calls();
    Failure quota = Failure.of(FailureCategory.CAPACITY, "QuotaExceeded", "too many pods");
    answer(new Create(wanted(FIRST)), new Outcome.Refused(quota));

    assertThat(calls()).isEmpty();
    assertThat(lastTold(Observation.Rejected.class).failure()).isEqualTo(quota);
  }

  @Test
  void waitsBeforeItRepeatsACall() {
    calls();
    answer(new Create(wanted(FIRST)), new Outcome.NotNow("HTTP 429", Duration.ofSeconds(7)));

    assertThat(calls()).isEmpty();
    now = now.plusSeconds(11);
    assertThat(calls()).containsExactly(new Create(wanted(FIRST)));
  }

  @Test
  void ignoresAnOlderViewOfAPod() {
    created();
    track = track.seeing(Pods.running(5)).seeing(Pods.pending(4));
    calls();

    assertThat(told).last().isInstanceOf(Observation.Started.class);
  }

  @Test
  void tellsExecutorsAsTheyComeAndGo() {
    created();
    track = track.seeing(Pods.running(2)).with(Executors.counted(1, Set.of("a", "b"), 2));
    calls();
    track = track.with(Executors.counted(1, Set.of(), 2));
    calls();

    assertThat(told)
        .filteredOn(Observation.Executors.class::isInstance)
        .extracting(o -> ((Observation.Executors) o).running())
        .containsExactly(2, 0);
  }
}
