package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.THREE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.event.ControlType;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.event.TenantEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.job.JobKey;
import io.firesteel.local.verify.EventSchemas;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every control event is answered, even if it changes nothing. */
final class ControlEventsTest {

  private final InMemoryAdmissionStore state = new InMemoryAdmissionStore();
  private final AdmissionHarness admissionHarness =
      new AdmissionHarness(AdmissionSettings.DEFAULT, state);

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
    admissionHarness.limit("blue", 1);

    assertThat(List.of(suspend(), resume(), suspend()))
        .extracting(outputs -> announced(outputs).id())
        .containsExactly("blue//0000000001", "blue//0000000002", "blue//0000000003");
  }

  @Test
  void saysThatACancellationIsRememberedForAJobThatHasNotArrived() {
    admissionHarness.limit("blue", 1);

    assertThat(told(admissionHarness.cancel(ONE)))
        .isEqualTo(new TenantEvent.JobUnknown("/tests", "cancel", "1", ControlType.CANCEL, true));
    assertThat(told(admissionHarness.cancel(ONE)))
        .isEqualTo(new TenantEvent.JobUnknown("/tests", "cancel", "1", ControlType.CANCEL, true));
    admissionHarness.submit(job("blue", "1"));
    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void saysThatNobodyHasHeardOfTheJobThatShouldMove() {
    admissionHarness.limit("blue", 1);

    assertThat(told(move(ONE, 5)))
        .isEqualTo(new TenantEvent.JobUnknown("/tests", "p", "1", ControlType.PRIORITY, false));
  }

  @Test
  void saysThatACancellationCameTooLate() {
    twoJobsAndOneSlot();
    admissionHarness.cancel(ONE);

    assertThat(unchanged(admissionHarness.cancel(ONE)))
        .isEqualTo(
            new JobEvent.JobUnchanged(ControlType.CANCEL, "/tests", "cancel", JobPhase.STOPPING));
    admissionHarness.cancel(TWO);
    assertThat(unchanged(admissionHarness.cancel(TWO)).phase()).isEqualTo(JobPhase.CANCELLED);
    assertThat(admissionHarness.results(TWO)).hasSize(1);
  }

  @Test
  void saysThatAJobCannotMoveAnyMoreOrStandsThereAlready() {
    twoJobsAndOneSlot();

    assertThat(unchanged(move(ONE, 5)).phase()).isEqualTo(JobPhase.ADMITTED);
    assertThat(unchanged(move(TWO, 0)).phase()).isEqualTo(JobPhase.WAITING);
    assertThat(AdmissionHarness.kinds(move(TWO, 5))).containsExactly("JobPriorityChanged");
  }

  @Test
  void admitsNothingOfARemovedTenantUntilItIsDefinedAgain() {
    twoJobsAndOneSlot();

    assertThat(told(remove())).isEqualTo(new TenantEvent.Removed(1, 1));
    assertThat(remove()).noneMatch(AdmissionOutput.PublishTenantEvent.class::isInstance);
    admissionHarness.finished(ONE, null);
    assertThat(admissionHarness.driver(TWO)).isEmpty();

    admissionHarness.limit("blue", 1);
    admissionHarness.after(Duration.ofHours(2));
    assertThat(admissionHarness.driver(TWO)).isPresent();
  }

  @Test
  void publishesTheHomeOfATenantThatIsDefinedOrRemoved() {
    assertThat(homes(admissionHarness.limit("blue", 1)))
        .containsExactly(new TenantHome("blue", false));
    assertThat(homes(admissionHarness.limit("blue", 2))).isEmpty();
    assertThat(homes(remove())).containsExactly(new TenantHome("blue", true));
    assertThat(homes(remove())).isEmpty();
    assertThat(homes(admissionHarness.limit("blue", 2)))
        .containsExactly(new TenantHome("blue", false));
  }

  private static List<TenantHome> homes(List<AdmissionOutput> outputs) {
    return outputs.stream()
        .filter(AdmissionOutput.UpdateTenantHome.class::isInstance)
        .map(output -> ((AdmissionOutput.UpdateTenantHome) output).home())
        .toList();
  }

  @Test
  void endsWhatWaitsForARemovedTenantAfterAWhileAndLetsTheRestRun() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2").notBefore(SampleJob.START.plusSeconds(7200)));
    admissionHarness.submit(job("blue", "3"));
    remove();

    admissionHarness.after(Duration.ofMinutes(59));
    assertThat(admissionHarness.results(THREE)).isEmpty();
    admissionHarness.after(Duration.ofMinutes(1));
    assertThat(admissionHarness.result(THREE).outcome()).isEqualTo(Outcome.CANCELLED);
    admissionHarness.after(Duration.ofHours(1));
    assertThat(Objects.requireNonNull(admissionHarness.result(TWO).failure()).reason())
        .isEqualTo("TenantRemoved");
    assertThat(admissionHarness.driver(ONE)).isPresent();
    assertThat(state.list("r/", 9)).isEmpty();
  }

  @Test
  void refusesWhatStillArrivesForARemovedTenant() {
    admissionHarness.limit("blue", 1);
    remove();

    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.REFUSED);
  }

  private void twoJobsAndOneSlot() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2"));
  }

  private List<AdmissionOutput> suspend() {
    return admissionHarness.send("blue", new InboxMessage.TenantSuspended("blue", origin("s")));
  }

  private List<AdmissionOutput> resume() {
    return admissionHarness.send("blue", new InboxMessage.TenantResumed("blue", origin("r")));
  }

  private List<AdmissionOutput> remove() {
    return admissionHarness.send("blue", new InboxMessage.TenantRemoved("blue"));
  }

  private List<AdmissionOutput> move(JobKey job, int priority) {
    return admissionHarness.send(
        "blue", new InboxMessage.PriorityChanged(job, origin("p"), priority));
  }

  private static TenantEvent told(List<AdmissionOutput> outputs) {
    return announced(outputs).event();
  }

  private static PublishedTenantEvent announced(List<AdmissionOutput> outputs) {
    List<PublishedTenantEvent> events =
        outputs.stream()
            .filter(AdmissionOutput.PublishTenantEvent.class::isInstance)
            .map(admissionOutput -> ((AdmissionOutput.PublishTenantEvent) admissionOutput).event())
            .toList();
    assertThat(events).hasSize(1);
    new EventSchemas().check(events.getFirst());
    return events.getFirst();
  }

  private static JobEvent.JobUnchanged unchanged(List<AdmissionOutput> outputs) {
    List<PublishedJobEvent> events = AdmissionHarness.events(outputs).toList();
    assertThat(events).hasSize(1);
    new EventSchemas().check(events.getFirst());
    return (JobEvent.JobUnchanged) events.getFirst().event();
  }
}
