package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.NOON;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Create;
import io.firesteel.cluster.Effect.Delete;
import io.firesteel.cluster.Effect.Investigate;
import io.firesteel.cluster.Effect.LookUp;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.cluster.Effect.Report;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReconciliationTest {

  private static final Duration KEEP = Duration.ofHours(1);
  private static final Duration GIVE_UP = Duration.ofMinutes(2);
  private static final Duration ROOM = Duration.ofMinutes(15);
  private static final Limits LIMITS =
      new Limits(KEEP, null, GIVE_UP, ROOM, Duration.ofMinutes(2), true);

  private final Reconciliation reconciliation = new Reconciliation(LIMITS);
  private final List<Observation> told = new ArrayList<>();
  private static final Investigate INQUEST =
      new Investigate(FIRST, "acme-jobs", Pods.name(), "uid-1", true);
  private static final Investigate QUESTIONS =
      new Investigate(FIRST, "acme-jobs", Pods.name(), "uid-1", false);
  private static final Delete DELETE = new Delete("acme-jobs", Pods.name(), "uid-1", false);
  private Track track = Track.EMPTY.wanting(wanted(FIRST));
  private Instant now = NOON;

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
  void looksTwiceBeforeItCallsADriverLost() {
    track = Track.EMPTY.wanting(wanted(FIRST).seenAs("uid-1"));
    LookUp look = new LookUp("acme-jobs", Pods.name());

    assertThat(calls()).containsExactly(look);
    answer(look, new Outcome.Done(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(look);
    answer(look, new Outcome.Done(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(QUESTIONS);
    answer(QUESTIONS, new Outcome.Found(new Evidence(null, List.of("NodeNotReady: gone"))));

    assertThat(calls()).isEmpty();
    assertThat(lastTold(Observation.Gone.class).failure())
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("DriverLost");
          assertThat(failure.message()).endsWith("NodeNotReady: gone");
        });
  }

  @Test
  void neverMakesAPodAgainThatItMadeItself() {
    created();
    track = track.vanishing(Pods.pending(1), false);

    assertThat(calls()).containsExactly(new LookUp("acme-jobs", Pods.name()));
  }

  @Test
  void deletesADriverThatShouldStopAndTellsWhenItIsGone() {
    created();
    PodView running = Pods.running(2);
    track = track.seeing(running).wanting(wanted(FIRST).seenAs("uid-1").stopped());

    assertThat(calls()).containsExactly(DELETE);
    answer(DELETE, new Outcome.Done(null));
    track = track.seeing(Pods.deleting(running));
    assertThat(calls()).isEmpty();
    track = track.vanishing(Pods.deleting(running), true);
    calls();

    assertThat(told).last().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void answersAStopThatCameBeforeTheCreation() {
    track = Track.EMPTY.wanting(wanted(FIRST).stopped());
    LookUp look = new LookUp("acme-jobs", Pods.name());
    for (int i = 0; i < Reconciliation.LOOKS; i++) {
      assertThat(calls()).containsExactly(look);
      answer(look, new Outcome.Done(null));
      now = now.plusSeconds(1);
    }
    calls();

    assertThat(told).singleElement().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void givesUpOnAnImageThatCannotBePulled() {
    created();
    track = track.seeing(Pods.waiting(2, "ImagePullBackOff", "no such image"));
    assertThat(calls()).isEmpty();
    track = track.seeing(Pods.waiting(3, "ErrImagePull", "no such image"));
    assertThat(calls()).isEmpty();
    now = now.plus(GIVE_UP);

    goesAfterAnInquiry();
    assertThat(lastTold(Observation.Gone.class).failure())
        .extracting(Failure::category, Failure::reason, Failure::message)
        .containsExactly(FailureCategory.IMAGE, "ErrImagePull", "no such image");
    assertThat(told).filteredOn(Observation.Pending.class::isInstance).hasSize(2);
  }

  @Test
  void givesUpOnADriverForWhichThereIsNoRoom() {
    created();
    track = track.seeing(Pods.unschedulable(2, "0/3 nodes are available"));
    now = now.plus(GIVE_UP);
    assertThat(calls()).isEmpty();
    now = NOON.plus(ROOM);

    goesAfterAnInquiry();
    assertThat(lastTold(Observation.Gone.class).failure())
        .extracting(Failure::category, Failure::reason, Failure::message)
        .containsExactly(FailureCategory.CAPACITY, "Unschedulable", "0/3 nodes are available");
  }

  @Test
  void waitsWithoutEndForAContainerThatIsBeingCreated() {
    created();
    track = track.seeing(Pods.waiting(2, "ContainerCreating", "volumes"));

    assertThat(reconciliation.step(track, now).wakeAt()).isNull();
  }

  private void goesAfterAnInquiry() {
    assertThat(calls()).containsExactly(QUESTIONS);
    answer(QUESTIONS, new Outcome.Found(Evidence.NONE));
    assertThat(calls()).containsExactly(DELETE);
    answer(DELETE, new Outcome.Done(null));
    track = track.vanishing(Pods.pending(9), true);
    calls();
  }

  @Test
  void keepsTheReasonForWhichItGaveUpWhenThePodThenFails() {
    created();
    track = track.seeing(Pods.waiting(2, "ErrImagePull", "no such image"));
    calls();
    now = now.plus(GIVE_UP);
    assertThat(calls()).containsExactly(QUESTIONS);
    answer(QUESTIONS, new Outcome.Found(Evidence.NONE));
    assertThat(calls()).containsExactly(DELETE);
    track = track.seeing(Pods.ended(3, 137, "Error"));
    calls();

    assertThat(lastTold(Observation.Finished.class).failure())
        .isNotNull()
        .extracting(Failure::category)
        .isEqualTo(FailureCategory.IMAGE);
  }

  @Test
  void removesByForceWhatItsNodeDoesNotLetGo() {
    created();
    PodView deleting = Pods.deleting(Pods.running(2));
    track = track.seeing(deleting);
    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(30).plus(LIMITS.forceAfter());

    assertThat(calls()).containsExactly(new Delete("acme-jobs", Pods.name(), "uid-1", true));
  }

  @Test
  void forgetsTheSpecOnceTheObjectsAreComplete() {
    created();

    assertThat(track.desired())
        .isNotNull()
        .satisfies(driver -> assertThat(driver.spec().isMissingNode()).isTrue());
  }

  @Test
  void looksForAPodThatACompleteListDoesNotHold() {
    created();
    track = track.among(1, Set.of());

    assertThat(calls()).containsExactly(new LookUp("acme-jobs", Pods.name()));
  }

  @Test
  void doesNotMissAPodThatIsYoungerThanTheList() {
    created();
    track = track.seeing(Pods.running(7)).among(6, Set.of());

    assertThat(track.pod()).isNotNull();
  }

  @Test
  void takesObjectsForLeftoversOnlyWhenNothingLivesThatNeedsThem() {
    assertThat(Reconciliation.isLeftover(track, FIRST)).isFalse();
    assertThat(Reconciliation.isLeftover(track.wanting(null), FIRST)).isTrue();
    assertThat(Reconciliation.isLeftover(track.wanting(wanted(FIRST.next())), FIRST)).isTrue();
    assertThat(Reconciliation.isLeftover(Track.EMPTY.seeing(Pods.running(1)), FIRST)).isFalse();
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
  void deletesARunningPodThatNobodyWants() {
    track = Track.EMPTY.seeing(Pods.running(1));

    assertThat(calls()).containsExactly(DELETE);
  }

  @Test
  void keepsAFinishedPodForAWhile() {
    track = Track.EMPTY.seeing(Pods.ended(1, 0, "Completed"));

    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(60).plus(KEEP);
    assertThat(calls()).containsExactly(DELETE);
  }

  @Test
  void ignoresAnOlderViewOfAPod() {
    created();
    track = track.seeing(Pods.running(5)).seeing(Pods.pending(4));
    calls();

    assertThat(told).last().isInstanceOf(Observation.Started.class);
  }

  @Test
  void ignoresAViewOfAPodThatIsGone() {
    created();
    track = track.vanishing(Pods.pending(2), true).seeing(Pods.pending(1));

    assertThat(track.pod()).isNull();
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

  private void created() {
    calls();
    answer(new Create(wanted(FIRST)), new Outcome.Done(Pods.pending(1)));
    calls();
  }

  private List<Effect.Call> calls() {
    Reconciliation.Step step = reconciliation.step(track, now);
    track = step.track();
    List<Effect.Call> calls = new ArrayList<>();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Report(String cohort, Observation observation) -> told.add(observation);
        case Effect.Call call -> calls.add(call);
      }
    }
    return calls;
  }

  private void answer(Effect.Call call, Outcome outcome) {
    track = Aftermath.of(FIRST.job(), track, call, outcome, now);
  }

  private <T extends Observation> T lastTold(Class<T> type) {
    assertThat(told).last().isInstanceOf(type);
    return type.cast(told.getLast());
  }
}
