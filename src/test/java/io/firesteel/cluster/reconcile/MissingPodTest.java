package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.GetPod;
import io.firesteel.inbox.Observation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Driver pods that no longer exist. */
final class MissingPodTest extends ReconcilerFixture {

  @Test
  void looksTwiceBeforeItReportsADriverLost() {
    state = DriverState.EMPTY.withDesired(desired(FIRST).withPodUid("uid-1"));
    GetPod get = new GetPod(FIRST, "acme-jobs", "uid-1");

    assertThat(calls()).containsExactly(get);
    apply(get, new CallResult.Completed(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(get);
    apply(get, new CallResult.Completed(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(DIAGNOSE_WITHOUT_LOG);
    apply(
        DIAGNOSE_WITHOUT_LOG,
        new CallResult.Diagnosed(new Diagnostics(null, List.of("NodeNotReady: gone"))));

    assertThat(calls()).isEmpty();
    assertThat(lastReported(Observation.Gone.class).failure())
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("DriverLost");
          assertThat(failure.message()).endsWith("NodeNotReady: gone");
        });
  }

  @Test
  void neverCreatesAPodTwice() {
    created();
    state = state.withoutPod(SamplePods.pending(1), false);

    assertThat(calls()).containsExactly(new GetPod(FIRST, "acme-jobs", "uid-1"));
  }

  @Test
  void looksUpAPodThatACompleteListLacks() {
    created();
    state = state.afterList("acme-jobs", 1, Set.of());

    assertThat(calls()).containsExactly(new GetPod(FIRST, "acme-jobs", "uid-1"));
  }

  @Test
  void keepsAPodThatIsNewerThanTheList() {
    created();
    state = state.withPod(SamplePods.running(7)).afterList("acme-jobs", 6, Set.of());

    assertThat(state.driverPod()).isNotNull();
  }

  @Test
  void ignoresAnOldViewOfADeletedPod() {
    created();
    state = state.withoutPod(SamplePods.pending(2), true).withPod(SamplePods.pending(1));

    assertThat(state.driverPod()).isNull();
  }
}
