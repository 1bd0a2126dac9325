package io.firesteel.admission.core;

import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobResult;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import io.firesteel.local.verify.EventSchemas;
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
public final class AdmissionHarness {

  final AdmissionStore admissionStore;
  private static final EventSchemas SCHEMAS = new EventSchemas();

  private final Admission admission;
  private final boolean checked;
  private final List<AdmissionOutput> said = new ArrayList<>();
  private final Map<JobKey, DesiredDriver> drivers = new HashMap<>();
  private Instant now = SampleJob.START;

  public AdmissionHarness() {
    this(AdmissionSettings.DEFAULT);
  }

  AdmissionHarness(AdmissionSettings settings) {
    this(settings, new InMemoryAdmissionStore());
  }

  public AdmissionHarness(AdmissionSettings settings, AdmissionStore admissionStore) {
    this(settings, admissionStore, true);
  }

  private AdmissionHarness(
      AdmissionSettings settings, AdmissionStore admissionStore, boolean checked) {
    this.admissionStore = admissionStore;
    this.admission = new Admission(settings);
    this.checked = checked;
  }

  /** For lives of thousands of events. */
  static AdmissionHarness unchecked(AdmissionSettings settings, AdmissionStore admissionStore) {
    return new AdmissionHarness(settings, admissionStore, false);
  }

  public Instant now() {
    return now;
  }

  public void clock(Instant now) {
    this.now = now;
  }

  List<AdmissionOutput> send(String cohort, InboxMessage message) {
    return decide(new MessageArrived(cohort, message));
  }

  public List<AdmissionOutput> submit(SampleJob sampleJob) {
    return send(sampleJob.cohort(), sampleJob.submitted());
  }

  public List<AdmissionOutput> limit(String tenant, int maxConcurrency) {
    return send(tenant, new InboxMessage.TenantDefined(SampleJob.limits(tenant, maxConcurrency)));
  }

  List<AdmissionOutput> cancel(JobKey key) {
    return send(
        key.tenant(), new InboxMessage.CancelRequested(key, SampleJob.origin("cancel"), "enough"));
  }

  List<AdmissionOutput> observe(Observation seen) {
    return send(seen.attempt().job().tenant(), new InboxMessage.Observed(seen));
  }

  List<AdmissionOutput> created(JobKey key) {
    Attempt attempt = attempt(key);
    return observe(
        new Observation.Created(
            attempt, now, "ns", "pod-" + attempt.number(), "uid-" + attempt.number(), "spark"));
  }

  List<AdmissionOutput> started(JobKey key) {
    return started(key, now);
  }

  List<AdmissionOutput> started(JobKey key, Instant at) {
    return observe(new Observation.Started(attempt(key), at, "node"));
  }

  public List<AdmissionOutput> finished(JobKey key, @Nullable Failure failure) {
    return observe(new Observation.Finished(attempt(key), now, failure));
  }

  List<AdmissionOutput> gone(JobKey key, Failure failure) {
    return observe(new Observation.Gone(attempt(key), now, failure));
  }

  public List<AdmissionOutput> after(Duration time) {
    now = now.plus(time);
    return decide(new Tick(Integer.MAX_VALUE));
  }

  List<AdmissionOutput> decide(AdmissionInput input) {
    WriteBackStore changes = new WriteBackStore(admissionStore);
    List<AdmissionOutput> outputs = admission.decide(changes, input, now);
    changes.flush();
    said.addAll(outputs);
    if (checked) {
      outputs.forEach(AdmissionHarness::check);
    }
    for (AdmissionOutput admissionOutput : outputs) {
      if (admissionOutput instanceof AdmissionOutput.SetDesiredDriver(var job, var driver)) {
        if (driver == null) {
          drivers.remove(job);
        } else {
          drivers.put(job, driver);
        }
      }
    }
    return outputs;
  }

  private static void check(AdmissionOutput admissionOutput) {
    switch (admissionOutput) {
      case AdmissionOutput.PublishJobEvent(var event) -> SCHEMAS.check(event);
      case AdmissionOutput.PublishTenantEvent(var event) -> SCHEMAS.check(event);
      case AdmissionOutput.UpdateStatus(_, var status) when status != null -> SCHEMAS.check(status);
      case AdmissionOutput.UpdateStatus _,
          AdmissionOutput.SetDesiredDriver _,
          AdmissionOutput.PhaseChanged _,
          AdmissionOutput.SendToCohort _,
          AdmissionOutput.UpdateTenantHome _,
          AdmissionOutput.TenantLeft _,
          AdmissionOutput.TenantLoad _ -> {}
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
    return admissionStore.get(Table.JOBS, key.toString());
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

  public List<AdmissionOutput> said() {
    return said;
  }

  List<PublishedJobEvent> events(JobKey key) {
    return events(said).filter(event -> event.job().equals(key)).toList();
  }

  /** Why a job waits, as last told. */
  WaitingStatus waiting(JobKey key) {
    return ((JobEvent.JobWaiting) events(key).getLast().event()).waiting();
  }

  List<JobResult> results(JobKey key) {
    return events(key).stream()
        .map(PublishedJobEvent::event)
        .filter(JobEvent.JobEnded.class::isInstance)
        .map(event -> ((JobEvent.JobEnded) event).result())
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
  static List<String> kinds(List<AdmissionOutput> outputs) {
    return events(outputs).map(event -> event.event().getClass().getSimpleName()).toList();
  }

  public static Stream<PublishedJobEvent> events(List<AdmissionOutput> outputs) {
    return outputs.stream()
        .filter(AdmissionOutput.PublishJobEvent.class::isInstance)
        .map(admissionOutput -> ((AdmissionOutput.PublishJobEvent) admissionOutput).event());
  }
}
