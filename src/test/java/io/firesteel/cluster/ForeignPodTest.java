package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Create;
import io.firesteel.inbox.Observation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods with every label and annotation of a job that others made. */
final class ForeignPodTest extends ReconciliationSteps {

  static List<PodView> states() {
    return List.of(
        Pods.pending(9),
        Pods.running(9),
        Pods.ended(9, 0, "Completed"),
        Pods.ended(9, 1, "Error"),
        Pods.deleting(Pods.running(9)));
  }

  static Stream<PodView> foreign() {
    return states().stream().flatMap(pod -> Stream.of(elsewhere(pod), withAnotherName(pod)));
  }

  static Stream<Arguments> foreignAndWhetherItGoes() {
    return foreign().flatMap(pod -> Stream.of(Arguments.of(pod, true), Arguments.of(pod, false)));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void neverStandsForADriverThatIsStillToBeMade(PodView foreign) {
    track = PodNews.seen(track, foreign);

    assertThat(calls()).containsExactly(new Create(wanted(FIRST)));
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void thatWasThereBeforeTheJobIsNotTakenForItsDriver(PodView foreign) {
    track = PodNews.seen(Track.EMPTY, foreign).wanting(wanted(FIRST));

    assertThat(calls()).containsExactly(new Create(wanted(FIRST)));
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("foreignAndWhetherItGoes")
  void changesNothingWhileTheDriverRuns(PodView foreign, boolean goes) {
    runs();

    track = PodNews.seen(track, foreign);
    track = goes ? PodNews.gone(track, foreign, true, now) : track;

    assertThat(calls()).isEmpty();
    assertThat(told).isEmpty();
    assertThat(track.pod()).isEqualTo(Pods.running(2));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void doesNotReplaceADriverThatIsGone(PodView foreign) {
    runs();
    track = PodNews.gone(track, Pods.running(3), true, now);
    track = PodNews.seen(track, foreign);

    calls();

    assertThat(track.pod()).isNull();
    assertThat(told).noneMatch(Observation.Finished.class::isInstance);
  }

  @Test
  void thatLooksLikeAnExecutorIsNotCounted() {
    runs();
    PodView ofNobody = executor("nobodys", null, "acme-jobs");
    PodView ofAnother = executor("anothers", "uid-9", "acme-jobs");
    PodView elsewhere = executor("elsewhere", "uid-1", "globex-jobs");

    for (PodView pod : List.of(ofNobody, ofAnother, elsewhere)) {
      track = PodNews.seen(track, pod);
    }

    assertThat(calls()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void anExecutorOfTheDriverIsCountedBeforeAdmissionKnowsThePod() {
    track = Track.EMPTY.wanting(wanted(FIRST));
    track = PodNews.seen(track, Pods.running(2));
    track = PodNews.seen(track, executor("own", "uid-1", "acme-jobs"));

    calls();

    assertThat(lastTold(Observation.Started.class)).isNotNull();
    assertThat(told).anyMatch(Observation.Executors.class::isInstance);
  }

  @Test
  void aListOfAnotherNamespaceSaysNothingOfTheDriver() {
    runs();
    track = track.among("globex-jobs", 99, Set.of());

    assertThat(track.pod()).isEqualTo(Pods.running(2));
  }

  private void runs() {
    created();
    track = PodNews.seen(track.wanting(wanted(FIRST).seenAs("uid-1")), Pods.running(2));
    track = track.with(track.effort().completed(FIRST));
    calls();
    told.clear();
  }

  private static PodView elsewhere(PodView pod) {
    return PodDraft.like(Pods.late("uid-2", pod), foreign -> foreign.namespace = "globex-jobs");
  }

  /** As it is read: what has not the driver's name is none. */
  private static PodView withAnotherName(PodView pod) {
    return PodDraft.like(
        pod,
        foreign -> {
          foreign.driver = false;
          foreign.name = "looks-like-it";
          foreign.uid = "uid-2";
          foreign.driverUid = null;
        });
  }

  private static PodView executor(String uid, @Nullable String owner, String namespace) {
    return PodDraft.like(
        Pods.executor(uid, Pods.running(5)),
        pod -> {
          pod.driverUid = owner;
          pod.namespace = namespace;
        });
  }
}
