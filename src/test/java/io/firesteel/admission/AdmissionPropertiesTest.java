package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.AdmissionInput.Arrived;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedEvent;
import io.firesteel.event.WaitingReason;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import io.firesteel.kafka.Json;
import io.firesteel.local.judge.EventSchemas;
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
    History history = new History(seed);

    history.live(steps);
    history.drain();

    history.judge.ended();
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void saysTheSameBytesEveryTime(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 300) int steps) {
    MemoryState before = new MemoryState();
    MemoryState after = new MemoryState();
    History once = new History(seed, before);
    History again = new History(seed, after);

    once.live(steps);
    again.live(steps);

    assertThat(Json.write(published(again))).isEqualTo(Json.write(published(once)));
    assertThat(after.snapshot()).isEqualTo(before.snapshot());
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void changesNothingWhenAPrefixIsReplayed(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 300) int steps) {
    History history = new History(seed);
    history.live(steps);
    World world = history.world;
    Map<JobKey, JobState> before = states(history);

    for (InboxMessage message : history.told) {
      if (aboutAJob(message)) {
        String cohort = History.cohort(message.tenant());
        List<Output> outputs = world.decide(new Arrived(cohort, message));
        assertThat(outputs).noneMatch(Output.Drive.class::isInstance);
        assertThat(World.kinds(outputs)).doesNotContain("Ended", "Admitted", "AttemptFailed");
      }
    }

    states(history).forEach((job, state) -> assertThat(state).hasSameClassAs(before.get(job)));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void writesOnlyWhatItsSchemasSay(@ForAll long seed) {
    EventSchemas schemas = new EventSchemas();
    History history = new History(seed);

    history.live(300);
    history.drain();

    Map<Class<?>, Integer> seen = new HashMap<>();
    for (PublishedEvent event : published(history)) {
      if (seen.merge(kind(event.event()), 1, Integer::sum) <= 30) {
        schemas.check(event);
      }
    }
    history.world.said().stream()
        .filter(Output.Announce.class::isInstance)
        .limit(200)
        .forEach(output -> schemas.check(((Output.Announce) output).event()));
    history.world.said().stream()
        .filter(Output.Report.class::isInstance)
        .map(output -> ((Output.Report) output).status())
        .filter(Objects::nonNull)
        .limit(200)
        .forEach(schemas::check);
  }

  /** A property over histories in which nothing happens proves nothing. */
  @Example
  void livesThroughEveryKindOfEventAndOutcome() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < 60; seed++) {
      History history = new History(seed);
      history.live(400);
      history.drain();
      for (PublishedEvent event : published(history)) {
        String kind =
            event.event() instanceof JobEvent.Ended(var result)
                ? result.outcome().name()
                : event.event().getClass().getSimpleName();
        seen.merge(kind, 1, Integer::sum);
        if (event.event() instanceof JobEvent.StillWaiting(var waiting)) {
          seen.merge(waiting.reason().name(), 1, Integer::sum);
        }
      }
    }

    assertThat(seen.keySet())
        .containsAll(Stream.of(WaitingReason.values()).map(Enum::name).toList())
        .containsAll(Stream.of(Outcome.values()).map(Enum::name).toList())
        .containsAll(
            Stream.of(JobEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(name -> !name.equals("Ended"))
                .toList());
    assertThat(seen.values()).as(seen.toString()).allMatch(count -> count > 20);
  }

  private static Class<?> kind(JobEvent event) {
    return event.getClass();
  }

  private static boolean aboutAJob(InboxMessage message) {
    return message instanceof InboxMessage.Submitted
        || message instanceof InboxMessage.CancelRequested
        || message instanceof InboxMessage.Observed;
  }

  private static Map<JobKey, JobState> states(History history) {
    Map<JobKey, JobState> states = new HashMap<>();
    history.judge.jobs().forEach(job -> states.put(job, history.world.stateOf(job)));
    return states;
  }

  private static List<PublishedEvent> published(History history) {
    return World.events(history.world.said()).toList();
  }
}
