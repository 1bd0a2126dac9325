package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import org.junit.jupiter.api.Test;

/** Drivers that never run. */
final class PendingTimeoutTest extends ReconcilerFixture {

  @Test
  void givesUpOnAnImageThatCannotBePulled() {
    created();
    state = state.withPod(SamplePods.waiting(2, "ImagePullBackOff", "no such image"));
    assertThat(calls()).isEmpty();
    state = state.withPod(SamplePods.waiting(3, "ErrImagePull", "no such image"));
    assertThat(calls()).isEmpty();
    now = now.plus(START_TIMEOUT);

    assertDeletedAfterDiagnosis();
    assertThat(lastReported(Observation.Gone.class).failure())
        .extracting(Failure::category, Failure::reason, Failure::message)
        .containsExactly(FailureCategory.IMAGE, "ErrImagePull", "no such image");
    assertThat(reported).filteredOn(Observation.Pending.class::isInstance).hasSize(2);
  }

  @Test
  void givesUpOnADriverThatCannotBeScheduled() {
    created();
    state = state.withPod(SamplePods.unschedulable(2, "0/3 nodes are available"));
    now = now.plus(START_TIMEOUT);
    assertThat(calls()).isEmpty();
    now = NOON.plus(SCHEDULING_TIMEOUT);

    assertDeletedAfterDiagnosis();
    assertThat(lastReported(Observation.Gone.class).failure())
        .extracting(Failure::category, Failure::reason, Failure::message)
        .containsExactly(FailureCategory.CAPACITY, "Unschedulable", "0/3 nodes are available");
  }

  @Test
  void waitsWithoutTimeoutForAContainerThatIsBeingCreated() {
    created();
    state = state.withPod(SamplePods.waiting(2, "ContainerCreating", "volumes"));

    assertThat(Reconciler.reconcile(SETTINGS, state, now).requeueAt()).isNull();
  }

  @Test
  void keepsTheTimeoutAsTheFailureWhenThePodThenFails() {
    created();
    state = state.withPod(SamplePods.waiting(2, "ErrImagePull", "no such image"));
    calls();
    now = now.plus(START_TIMEOUT);
    assertThat(calls()).containsExactly(DIAGNOSE_WITHOUT_LOG);
    apply(DIAGNOSE_WITHOUT_LOG, new CallResult.Diagnosed(Diagnostics.NONE));
    assertThat(calls()).containsExactly(DELETE);
    state = state.withPod(SamplePods.ended(3, 137, "Error"));
    calls();

    assertThat(lastReported(Observation.Finished.class).failure())
        .isNotNull()
        .extracting(Failure::category)
        .isEqualTo(FailureCategory.IMAGE);
  }

  private void assertDeletedAfterDiagnosis() {
    assertThat(calls()).containsExactly(DIAGNOSE_WITHOUT_LOG);
    apply(DIAGNOSE_WITHOUT_LOG, new CallResult.Diagnosed(Diagnostics.NONE));
    assertThat(calls()).containsExactly(DELETE);
    apply(DELETE, new CallResult.Completed(null));
    state = state.withoutPod(SamplePods.pending(9), true);
    Effect.GetPod get = new Effect.GetPod(FIRST, "acme-jobs", "uid-1");
    assertThat(calls()).containsExactly(get);
    apply(get, new CallResult.Completed(null));
    now = now.plusSeconds(1);
    calls();
  }
}
