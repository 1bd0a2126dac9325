package io.firesteel.admission;

import io.firesteel.admission.AdmissionInput.Arrived;
import io.firesteel.admission.AdmissionInput.Tick;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobResult;
import io.firesteel.event.PublishedEvent;
import io.firesteel.event.Waiting;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import io.firesteel.local.judge.EventSchemas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Admission on the heap with a clock that tests move, and a memory of all it said. Everything it
 * says is held to its schema, but for long random lives, of which a property takes samples. One
 * thread.
 */
final class World {

  final State state;
  private static final EventSchemas SCHEMAS = new EventSchemas();

  private final Admission admission;
  private final boolean checked;
  private final List<Output> said = new ArrayList<>();
  private final Map<JobKey, DesiredDriver> drivers = new HashMap<>();
  private Instant now = Sample.START;

  World() {
    this(AdmissionSettings.DEFAULT);
  }

  World(AdmissionSettings settings) {
    this(settings, new MemoryState());
  }

  World(AdmissionSettings settings, State state) {
    this(settings, state, true);
  }

  private World(AdmissionSettings settings, State state, boolean checked) {
    this.state = state;
    this.admission = new Admission(settings);
    this.checked = checked;
  }

  /** For lives of thousands of events. */
  static World unchecked(AdmissionSettings settings, State state) {
    return new World(settings, state, false);
  }

  Instant now() {
    return now;
  }

  void clock(Instant now) {
    this.now = now;
  }

  List<Output> send(String cohort, InboxMessage message) {
    return decide(new Arrived(cohort, message));
  }

  List<Output> submit(Sample sample) {
    return send(sample.cohort(), sample.submitted());
  }

  List<Output> limit(String tenant, int maxConcurrency) {
    return send(tenant, new InboxMessage.TenantDefined(Sample.limits(tenant, maxConcurrency)));
  }

  List<Output> cancel(JobKey key) {
    return send(
        key.tenant(), new InboxMessage.CancelRequested(key, Sample.origin("cancel"), "enough"));
  }

  List<Output> observe(Observation seen) {
    return send(seen.attempt().job().tenant(), new InboxMessage.Observed(seen));
  }

  List<Output> created(JobKey key) {
    Attempt attempt = attempt(key);
    return observe(
        new Observation.Created(
            attempt, now, "ns", "pod-" + attempt.number(), "uid-" + attempt.number(), "spark"));
  }

  List<Output> started(JobKey key) {
    return observe(new Observation.Started(attempt(key), now, "node"));
  }

  List<Output> finished(JobKey key, @Nullable Failure failure) {
    return observe(new Observation.Finished(attempt(key), now, failure));
  }

  List<Output> gone(JobKey key, Failure failure) {
    return observe(new Observation.Gone(attempt(key), now, failure));
  }

  List<Output> after(Duration time) {
    now = now.plus(time);
    return decide(new Tick(Integer.MAX_VALUE));
  }

  List<Output> decide(AdmissionInput input) {
    List<Output> outputs = admission.decide(state, input, now);
    said.addAll(outputs);
    if (checked) {
      outputs.forEach(World::check);
    }
    for (Output output : outputs) {
      if (output instanceof Output.Drive(var job, var driver)) {
        if (driver == null) {
          drivers.remove(job);
        } else {
          drivers.put(job, driver);
        }
      }
    }
    return outputs;
  }

  private static void check(Output output) {
    switch (output) {
      case Output.Publish(var event) -> SCHEMAS.check(event);
      case Output.Announce(var event) -> SCHEMAS.check(event);
      case Output.Report(_, var status) when status != null -> SCHEMAS.check(status);
      case Output.Report _, Output.Drive _, Output.Moved _, Output.Load _ -> {}
    }
  }

  /** The attempt that is current, or would be the first. */
  Attempt attempt(JobKey key) {
    TrackedJob job = job(key);
    return job == null
        ? new Attempt(key, now.toEpochMilli(), 1)
        : new Attempt(key, Math.max(1, job.head().generation()), Math.max(1, job.attempt()));
  }

  @Nullable TrackedJob job(JobKey key) {
    return state.get(Table.JOBS, key.toString());
  }

  JobState stateOf(JobKey key) {
    return Objects.requireNonNull(job(key)).state();
  }

  Optional<DesiredDriver> driver(JobKey key) {
    return Optional.ofNullable(drivers.get(key));
  }

  Map<JobKey, DesiredDriver> drivers() {
    return drivers;
  }

  List<Output> said() {
    return said;
  }

  List<PublishedEvent> events(JobKey key) {
    return events(said).filter(event -> event.job().equals(key)).toList();
  }

  /** Why a job waits, as last told. */
  Waiting waiting(JobKey key) {
    return ((JobEvent.StillWaiting) events(key).getLast().event()).waiting();
  }

  List<JobResult> results(JobKey key) {
    return events(key).stream()
        .map(PublishedEvent::event)
        .filter(JobEvent.Ended.class::isInstance)
        .map(event -> ((JobEvent.Ended) event).result())
        .toList();
  }

  JobResult result(JobKey key) {
    List<JobResult> results = results(key);
    if (results.size() != 1) {
      throw new AssertionError("one result expected: " + results);
    }
    return results.getFirst();
  }

  /** What kinds of events were published, by their simple names. */
  static List<String> kinds(List<Output> outputs) {
    return events(outputs).map(event -> event.event().getClass().getSimpleName()).toList();
  }

  static Stream<PublishedEvent> events(List<Output> outputs) {
    return outputs.stream()
        .filter(Output.Publish.class::isInstance)
        .map(output -> ((Output.Publish) output).event());
  }
}
