package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedEvent;
import io.firesteel.inbox.Observation;
import io.firesteel.job.ExecutorPod;
import io.firesteel.job.ExecutorPod.State;
import io.firesteel.job.JobKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What admission makes of what it hears of executors. */
final class ExecutorNewsTest {

  private static final JobKey JOB = new JobKey("blue", "1");
  private static final ExecutorPod LOST =
      new ExecutorPod("blue-1-exec-1", State.FAILED, 137, "OOMKilled");

  private final World world = new World();

  @Test
  void tellsWhichExecutorsChangedEvenIfAsManyRunAsBefore() {
    running();

    assertThat(seen(2, List.of())).containsExactly(new JobEvent.ExecutorsChanged(1, 2, 2, null));
    world.clock(world.now().plusSeconds(1));
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
    world.limit("blue", 1);
    world.submit(Sample.job("blue", "1"));
    world.created(JOB);
    world.started(JOB);
  }

  private List<JobEvent> seen(int running, List<ExecutorPod> changed) {
    Observation.Executors news =
        new Observation.Executors(world.attempt(JOB), world.now(), running, running, changed);
    return World.events(world.observe(news)).map(PublishedEvent::event).toList();
  }
}
