package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import org.junit.jupiter.api.Test;

/** Drivers that do not get to run. */
final class GivingUpTest extends ReconciliationSteps {

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

  private void goesAfterAnInquiry() {
    assertThat(calls()).containsExactly(QUESTIONS);
    answer(QUESTIONS, new Outcome.Found(Evidence.NONE));
    assertThat(calls()).containsExactly(DELETE);
    answer(DELETE, new Outcome.Done(null));
    track = track.vanishing(Pods.pending(9), true);
    calls();
  }
}
