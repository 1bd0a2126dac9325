package io.firesteel.admission.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.ExecutorPod.State;
import io.firesteel.inbox.Observation;
import io.firesteel.job.JobKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What admission makes of what it hears of executors. */
final class ExecutorCountTest {

  private static final JobKey JOB = new JobKey("blue", "1");
  private static final ExecutorPod LOST =
      new ExecutorPod("blue-1-exec-1", State.FAILED, 137, "OOMKilled");

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void tellsWhichExecutorsChangedEvenIfAsManyRunAsBefore() {
    running();

    assertThat(seen(2, List.of())).containsExactly(new JobEvent.ExecutorsChanged(1, 2, 2, null));
    admissionHarness.clock(admissionHarness.now().plusSeconds(1));
    assertThat(seen(2, List.of(LOST)))
        .containsExactly(new JobEvent.ExecutorsChanged(1, 2, 2, List.of(LOST)));
  }

  @Test
  void tellsTheSameOnlyOnce() {
    running();
    seen(2, List.of(LOST));

    assertThat(seen(2, List.of(LOST))).isEmpty();
    assertThat(seen(2, List.of())).isEmpty();
  }

  private void running() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(SampleJob.job("blue", "1"));
    admissionHarness.created(JOB);
    admissionHarness.started(JOB);
  }

  private List<JobEvent> seen(int running, List<ExecutorPod> changed) {
    Observation.ExecutorsCounted news =
        new Observation.ExecutorsCounted(
            admissionHarness.attempt(JOB), admissionHarness.now(), running, running, changed);
    return AdmissionHarness.events(admissionHarness.observe(news))
        .map(PublishedJobEvent::event)
        .toList();
  }
}
