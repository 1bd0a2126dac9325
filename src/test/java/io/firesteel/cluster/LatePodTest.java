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
import io.firesteel.job.DesiredDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of a second driver pod of one attempt, which a creation that was held back makes
 * when the first is gone.
 */
final class LatePodTest {

  static final Limits LIMITS =
      new Limits(
          Duration.ofHours(1),
          null,
          Duration.ofMinutes(2),
          Duration.ofMinutes(15),
          Duration.ofMinutes(2),
          true);
  private static final DesiredDriver KNOWN = wanted(FIRST).seenAs("uid-1");
  private static final PodView LATE = Pods.late("uid-2", Pods.running(9));
  private static final Delete REMOVAL = new Delete("acme-jobs", Pods.name(), "uid-2", false);
  private static final LookUp LOOK = new LookUp("acme-jobs", Pods.name());

  private final Reconciliation reconciliation = new Reconciliation(LIMITS);
  private final List<Observation> told = new ArrayList<>();
  private Instant now = NOON;

  static List<PodView> latePods() {
    return List.of(
        Pods.late("uid-2", Pods.pending(9)),
        Pods.late("uid-2", Pods.running(9)),
        Pods.late("uid-2", Pods.ended(9, 0, "Completed")),
        Pods.late("uid-2", Pods.ended(9, 1, "Error")));
  }

  @ParameterizedTest
  @MethodSource("latePods")
  void isRemovedAtOnceAndTellsNothingAboutTheJob(PodView late) {
    step(Track.EMPTY.wanting(KNOWN).seeing(late), REMOVAL);

    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("latePods")
  void isKnownByThePodThatWasToldBeforeAdmissionAnswers(PodView late) {
    Track track = step(Track.EMPTY.wanting(wanted(FIRST)).seeing(Pods.running(1)));
    told.clear();
    track = gone(track, Pods.running(1));

    step(track.seeing(late), REMOVAL);

    assertThat(told).isEmpty();
  }

  @Test
  void isRemovedOnceAdmissionSaysWhichPodCounts() {
    Track track = step(Track.EMPTY.wanting(wanted(FIRST)).seeing(LATE));

    step(track.wanting(KNOWN), REMOVAL);
  }

  @Test
  void doesNotStandForTheDriverThatIsLookedFor() {
    Track track = removed(Track.EMPTY.wanting(KNOWN).seeing(LATE));
    for (int i = 0; i < Reconciliation.LOOKS; i++) {
      track = answer(step(track, LOOK), LOOK, new Outcome.Done(Pods.deleting(LATE)));
    }
    Investigate questions = new Investigate(FIRST, "acme-jobs", Pods.name(), "uid-1", false);
    step(answer(step(track, questions), questions, new Outcome.Found(Evidence.NONE)));

    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            Observation.Gone.class,
            end -> assertThat(end.failure().reason()).isEqualTo("DriverLost"));
  }

  @Test
  void goesWithoutBeingTakenForTheDriversDeletion() {
    Track track = step(Track.EMPTY.wanting(KNOWN).seeing(Pods.running(1)));
    track = gone(removed(track.seeing(LATE)), Pods.deleting(LATE));

    step(track);

    assertThat(track.pod()).isEqualTo(Pods.running(1));
    assertThat(track.failed()).isNull();
    assertThat(track.effort().missing()).isZero();
    assertThat(told).doesNotHaveAnyElementsOfTypes(Observation.Gone.class);
  }

  @Test
  void changesNothingAboutAnEndThatWasTold() {
    Track track = step(Track.EMPTY.wanting(KNOWN).seeing(Pods.ended(1, 0, "Completed")));
    assertThat(told).last().isInstanceOf(Observation.Finished.class);
    told.clear();
    track = gone(removed(track.seeing(LATE)), Pods.deleting(LATE));

    step(track);

    assertThat(told).isEmpty();
  }

  @Test
  void isNotMadeTheDriverByACreationThatFindsItInTheFirstOnesPlace() {
    Create create = new Create(KNOWN);
    Track track = step(Track.EMPTY.wanting(KNOWN).seeing(Pods.pending(1)), create);
    told.clear();

    step(answer(track, create, new Outcome.Done(LATE)), REMOVAL);

    assertThat(told).isEmpty();
  }

  @Test
  void isRemovedByForceWhenItsNodeDoesNotLetItGo() {
    Track track = step(Track.EMPTY.wanting(KNOWN).seeing(Pods.running(1)));
    track = removed(track.seeing(LATE)).seeing(Pods.deleting(LATE));
    now = NOON.plusSeconds(30).plus(LIMITS.forceAfter());

    step(track, new Delete("acme-jobs", Pods.name(), "uid-2", true));
  }

  @Test
  void bringsExecutorsThatAreNotCounted() {
    PodView first = Pods.executor("executor-1", Pods.running(2));
    PodView second = Pods.executor("executor-2", LATE);
    Track track = Track.EMPTY.wanting(KNOWN).seeing(Pods.running(1));
    track = PodNews.seen(PodNews.seen(track, first), second);
    track = PodNews.gone(track, second, true, now);

    assertThat(track.executors()).isEqualTo(Executors.counted(1, Set.of("executor-1"), 1));
  }

  private Track removed(Track track) {
    Track after = answer(step(track, REMOVAL), REMOVAL, new Outcome.Done(null));
    return after.seeing(Pods.deleting(LATE));
  }

  private Track gone(Track track, PodView pod) {
    return PodNews.gone(track, pod, true, now);
  }

  /** Expects these calls. */
  private Track step(Track track, Effect.Call... expected) {
    Reconciliation.Step step = reconciliation.step(track, now);
    List<Effect> calls = new ArrayList<>(step.effects());
    calls.removeIf(
        effect -> effect instanceof Report(String cohort, Observation seen) && told.add(seen));
    assertThat(calls).containsExactly(expected);
    return step.track();
  }

  private Track answer(Track track, Effect.Call call, Outcome outcome) {
    Track after = Aftermath.of(FIRST.job(), track, call, outcome, now);
    Instant notBefore = after.effort().notBefore();
    now = notBefore == null ? now : notBefore;
    return after;
  }
}
