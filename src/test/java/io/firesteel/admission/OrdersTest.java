package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.THREE;
import static io.firesteel.admission.Sample.TWO;
import static io.firesteel.admission.Sample.job;
import static io.firesteel.admission.Sample.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.Control;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.event.TenantEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import io.firesteel.local.judge.EventSchemas;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every order is answered, also the one that changes nothing. */
final class OrdersTest {

  private final MemoryState state = new MemoryState();
  private final World world = new World(AdmissionSettings.DEFAULT, state);

  @Test
  void answersASuspensionAndSaysWhetherItChangedAnything() {
    twoJobsAndOneSlot();

    assertThat(told(suspend())).isEqualTo(new TenantEvent.Suspended("/tests", "s", true, 1, 1));
    assertThat(told(suspend())).isEqualTo(new TenantEvent.Suspended("/tests", "s", false, 1, 1));
    assertThat(told(resume())).isEqualTo(new TenantEvent.Resumed("/tests", "r", true, 1, 1));
    assertThat(told(resume())).isEqualTo(new TenantEvent.Resumed("/tests", "r", false, 1, 1));
  }

  @Test
  void numbersWhatItTellsOfATenant() {
    world.limit("blue", 1);

    assertThat(List.of(suspend(), resume(), suspend()))
        .extracting(outputs -> announced(outputs).id())
        .containsExactly("blue//0000000001", "blue//0000000002", "blue//0000000003");
  }

  @Test
  void saysThatACancellationIsRememberedForAJobThatHasNotArrived() {
    world.limit("blue", 1);

    assertThat(told(world.cancel(ONE)))
        .isEqualTo(new TenantEvent.JobUnknown("/tests", "cancel", "1", Control.CANCEL, true));
    assertThat(told(world.cancel(ONE)))
        .isEqualTo(new TenantEvent.JobUnknown("/tests", "cancel", "1", Control.CANCEL, true));
    world.submit(job("blue", "1"));
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void saysThatNobodyHasHeardOfTheJobThatShouldMove() {
    world.limit("blue", 1);

    assertThat(told(move(ONE, 5)))
        .isEqualTo(new TenantEvent.JobUnknown("/tests", "p", "1", Control.PRIORITY, false));
  }

  @Test
  void saysThatACancellationCameTooLate() {
    twoJobsAndOneSlot();
    world.cancel(ONE);

    assertThat(unchanged(world.cancel(ONE)))
        .isEqualTo(new JobEvent.Unchanged(Control.CANCEL, "/tests", "cancel", JobPhase.STOPPING));
    world.cancel(TWO);
    assertThat(unchanged(world.cancel(TWO)).phase()).isEqualTo(JobPhase.CANCELLED);
    assertThat(world.results(TWO)).hasSize(1);
  }

  @Test
  void saysThatAJobCannotMoveAnyMoreOrStandsThereAlready() {
    twoJobsAndOneSlot();

    assertThat(unchanged(move(ONE, 5)).phase()).isEqualTo(JobPhase.ADMITTED);
    assertThat(unchanged(move(TWO, 0)).phase()).isEqualTo(JobPhase.WAITING);
    assertThat(World.kinds(move(TWO, 5))).containsExactly("PriorityChanged");
  }

  @Test
  void admitsNothingOfARemovedTenantUntilItIsDefinedAgain() {
    twoJobsAndOneSlot();

    assertThat(told(remove())).isEqualTo(new TenantEvent.Removed(1, 1));
    assertThat(remove()).noneMatch(Output.Announce.class::isInstance);
    world.finished(ONE, null);
    assertThat(world.driver(TWO)).isEmpty();

    world.limit("blue", 1);
    world.after(Duration.ofHours(2));
    assertThat(world.driver(TWO)).isPresent();
  }

  @Test
  void endsWhatWaitsForARemovedTenantAfterAWhileAndLetsTheRestRun() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2").notBefore(Sample.START.plusSeconds(7200)));
    world.submit(job("blue", "3"));
    remove();

    world.after(Duration.ofMinutes(59));
    assertThat(world.results(THREE)).isEmpty();
    world.after(Duration.ofMinutes(1));
    assertThat(world.result(THREE).outcome()).isEqualTo(Outcome.CANCELLED);
    world.after(Duration.ofHours(1));
    assertThat(Objects.requireNonNull(world.result(TWO).failure()).reason())
        .isEqualTo("TenantRemoved");
    assertThat(world.driver(ONE)).isPresent();
    assertThat(state.list("r/", 9)).isEmpty();
  }

  @Test
  void refusesWhatStillArrivesForARemovedTenant() {
    world.limit("blue", 1);
    remove();

    world.submit(job("blue", "1"));

    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.REFUSED);
  }

  private void twoJobsAndOneSlot() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
  }

  private List<Output> suspend() {
    return world.send("blue", new InboxMessage.TenantSuspended("blue", origin("s")));
  }

  private List<Output> resume() {
    return world.send("blue", new InboxMessage.TenantResumed("blue", origin("r")));
  }

  private List<Output> remove() {
    return world.send("blue", new InboxMessage.TenantRemoved("blue"));
  }

  private List<Output> move(JobKey job, int priority) {
    return world.send("blue", new InboxMessage.PriorityChanged(job, origin("p"), priority));
  }

  private static TenantEvent told(List<Output> outputs) {
    return announced(outputs).event();
  }

  private static PublishedTenantEvent announced(List<Output> outputs) {
    List<PublishedTenantEvent> events =
        outputs.stream()
            .filter(Output.Announce.class::isInstance)
            .map(output -> ((Output.Announce) output).event())
            .toList();
    assertThat(events).hasSize(1);
    new EventSchemas().check(events.getFirst());
    return events.getFirst();
  }

  private static JobEvent.Unchanged unchanged(List<Output> outputs) {
    List<PublishedEvent> events = World.events(outputs).toList();
    assertThat(events).hasSize(1);
    new EventSchemas().check(events.getFirst());
    return (JobEvent.Unchanged) events.getFirst().event();
  }
}
