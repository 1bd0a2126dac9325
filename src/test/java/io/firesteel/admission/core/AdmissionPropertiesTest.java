package io.firesteel.admission.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.JobState;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.WaitingReason;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.EventSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What holds for every history, over thousands of random ones. */
final class AdmissionPropertiesTest {

  /** Limits, order, fairness and work conservation are judged after each decision. */
  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void keepsItsPromisesAndEndsEveryJobOnce(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 400) int steps) {
    RandomHistory randomHistory = new RandomHistory(seed);

    randomHistory.live(steps);
    randomHistory.drain();

    randomHistory.invariantChecker.ended();
  }

  @Property(tries = 200)
  void saysTheSameBytesEveryTime(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 300) int steps) {
    InMemoryAdmissionStore before = new InMemoryAdmissionStore();
    InMemoryAdmissionStore after = new InMemoryAdmissionStore();
    RandomHistory once = new RandomHistory(seed, before);
    RandomHistory again = new RandomHistory(seed, after);

    once.live(steps);
    again.live(steps);

    assertThat(JsonCodec.write(published(again))).isEqualTo(JsonCodec.write(published(once)));
    assertThat(after.snapshot()).isEqualTo(before.snapshot());
  }

  @Property(tries = 300)
  void changesNothingWhenAPrefixIsReplayed(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 300) int steps) {
    RandomHistory randomHistory = new RandomHistory(seed);
    randomHistory.live(steps);
    AdmissionHarness admissionHarness = randomHistory.admissionHarness;
    Map<JobKey, JobState> before = states(randomHistory);

    for (InboxMessage message : randomHistory.told) {
      if (aboutAJob(message)) {
        String cohort = RandomHistory.cohort(message.tenant());
        List<AdmissionOutput> outputs =
            admissionHarness.decide(new MessageArrived(cohort, message));
        assertThat(outputs).noneMatch(AdmissionOutput.SetDesiredDriver.class::isInstance);
        assertThat(AdmissionHarness.kinds(outputs))
            .doesNotContain("JobEnded", "JobAdmitted", "AttemptFailed");
      }
    }

    states(randomHistory)
        .forEach((job, state) -> assertThat(state).hasSameClassAs(before.get(job)));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void writesOnlyWhatItsSchemasSay(@ForAll long seed) {
    EventSchemas schemas = new EventSchemas();
    RandomHistory randomHistory = new RandomHistory(seed);

    randomHistory.live(300);
    randomHistory.drain();

    Map<Class<?>, Integer> seen = new HashMap<>();
    for (PublishedJobEvent event : published(randomHistory)) {
      if (seen.merge(kind(event.event()), 1, Integer::sum) <= 30) {
        schemas.check(event);
      }
    }
    randomHistory.admissionHarness.said().stream()
        .filter(AdmissionOutput.PublishTenantEvent.class::isInstance)
        .limit(200)
        .forEach(admissionOutput ->
            schemas.check(((AdmissionOutput.PublishTenantEvent) admissionOutput).event()));
    randomHistory.admissionHarness.said().stream()
        .filter(AdmissionOutput.UpdateStatus.class::isInstance)
        .map(admissionOutput -> ((AdmissionOutput.UpdateStatus) admissionOutput).status())
        .filter(Objects::nonNull)
        .limit(200)
        .forEach(schemas::check);
  }

  /** A property over histories in which nothing happens proves nothing. */
  @Example
  void livesThroughEveryKindOfEventAndOutcome() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < 60; seed++) {
      RandomHistory randomHistory = new RandomHistory(seed);
      randomHistory.live(400);
      randomHistory.drain();
      for (PublishedJobEvent event : published(randomHistory)) {
        String kind =
            event.event() instanceof JobEvent.JobEnded(var result)
                ? result.outcome().name()
                : event.event().getClass().getSimpleName();
        seen.merge(kind, 1, Integer::sum);
        if (event.event() instanceof JobEvent.JobWaiting(var waitingStatus)) {
          seen.merge(waitingStatus.reason().name(), 1, Integer::sum);
        }
      }
    }

    assertThat(seen.keySet())
        .containsAll(Stream.of(WaitingReason.values()).map(Enum::name).toList())
        .containsAll(Stream.of(Outcome.values()).map(Enum::name).toList())
        .containsAll(
            Stream.of(JobEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(name -> !name.equals("JobEnded"))
                .toList());
    assertThat(seen.values()).as(seen.toString()).allMatch(count -> count > 20);
  }

  private static Class<?> kind(JobEvent event) {
    return event.getClass();
  }

  private static boolean aboutAJob(InboxMessage message) {
    return message instanceof InboxMessage.JobSubmitted
        || message instanceof InboxMessage.CancelRequested
        || message instanceof InboxMessage.Observed;
  }

  private static Map<JobKey, JobState> states(RandomHistory randomHistory) {
    Map<JobKey, JobState> states = new HashMap<>();
    randomHistory
        .invariantChecker
        .jobs()
        .forEach(job -> states.put(job, randomHistory.admissionHarness.stateOf(job)));
    return states;
  }

  private static List<PublishedJobEvent> published(RandomHistory randomHistory) {
    return AdmissionHarness.events(randomHistory.admissionHarness.said()).toList();
  }
}
