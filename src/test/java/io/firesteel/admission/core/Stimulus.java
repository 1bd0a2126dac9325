package io.firesteel.admission.core;

import static io.firesteel.admission.core.StateFixture.JOB;
import static io.firesteel.admission.core.StateFixture.OTHER;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Something that can happen to a job in any state: the rows of the table. */
enum Stimulus {
  SUBMITTED(
      "the job is submitted", admissionHarness -> admissionHarness.submit(sample().published(2))),
  REDELIVERED(
      "its first record is read again",
      admissionHarness -> admissionHarness.submit(sample().published(1))),
  REFUSED(
      "intake rejects a request with that id",
      admissionHarness -> admissionHarness.send("blue", refusal(2))),
  CANCELLED("a cancellation arrives", admissionHarness -> admissionHarness.cancel(JOB)),
  PRIORITY(
      "the priority changes",
      admissionHarness ->
          admissionHarness.send(
              "blue", new InboxMessage.PriorityChanged(JOB, SampleJob.origin("p"), 7))),
  CREATED("pod created", admissionHarness -> admissionHarness.created(JOB)),
  REJECTED(
      "driver rejected",
      admissionHarness ->
          admissionHarness.observe(
              new Observation.Rejected(
                  admissionHarness.attempt(JOB),
                  admissionHarness.now(),
                  SampleJob.failure(FailureCategory.CONFIGURATION)))),
  REJECTED_RETRY(
      "driver rejected, a retry remains",
      retrying(),
      admissionHarness ->
          admissionHarness.observe(
              new Observation.Rejected(
                  admissionHarness.attempt(JOB),
                  admissionHarness.now(),
                  SampleJob.failure(FailureCategory.CAPACITY)))),
  PENDING(
      "pod pending",
      admissionHarness ->
          admissionHarness.observe(
              new Observation.Pending(
                  admissionHarness.attempt(JOB),
                  admissionHarness.now(),
                  "ContainerCreating",
                  null))),
  STARTED("driver started", admissionHarness -> admissionHarness.started(JOB)),
  READY(
      "driver ready",
      admissionHarness ->
          admissionHarness.observe(
              new Observation.Ready(admissionHarness.attempt(JOB), admissionHarness.now()))),
  EXECUTORS(
      "executors counted",
      admissionHarness ->
          admissionHarness.observe(
              new Observation.ExecutorsCounted(
                  admissionHarness.attempt(JOB), admissionHarness.now(), 2, 2, List.of()))),
  FINISHED("driver succeeded", admissionHarness -> admissionHarness.finished(JOB, null)),
  FINISHED_LATER(
      "driver succeeded after the stop",
      admissionHarness -> {
        admissionHarness.clock(admissionHarness.now().plusSeconds(1));
        return admissionHarness.finished(JOB, null);
      }),
  FAILED(
      "driver failed",
      admissionHarness ->
          admissionHarness.finished(JOB, SampleJob.failure(FailureCategory.APPLICATION))),
  FAILED_RETRY(
      "driver failed, a retry remains",
      retrying(),
      admissionHarness ->
          admissionHarness.finished(JOB, SampleJob.failure(FailureCategory.APPLICATION))),
  GONE(
      "pod gone",
      admissionHarness ->
          admissionHarness.gone(JOB, SampleJob.failure(FailureCategory.INFRASTRUCTURE))),
  ABANDONED(
      "its cluster is abandoned, a retry remains",
      retrying(),
      admissionHarness ->
          admissionHarness.observe(
              new Observation.Abandoned(
                  admissionHarness.attempt(JOB),
                  admissionHarness.now(),
                  SampleJob.failure(FailureCategory.INFRASTRUCTURE)))),
  STALE(
      "an observation of another attempt arrives",
      admissionHarness ->
          admissionHarness.observe(
              new Observation.Gone(
                  new Attempt(JOB, admissionHarness.attempt(JOB).generation(), 99),
                  admissionHarness.now(),
                  SampleJob.failure(FailureCategory.INFRASTRUCTURE)))),
  TENANT_STOPPED(
      "the tenant's limit becomes 0", admissionHarness -> admissionHarness.limit("blue", 0)),
  TENANT_OPENED(
      "the tenant's limit becomes 5", admissionHarness -> admissionHarness.limit("blue", 5)),
  SUSPENDED(
      "the tenant is suspended",
      admissionHarness ->
          admissionHarness.send(
              "blue", new InboxMessage.TenantSuspended("blue", SampleJob.origin("s")))),
  RESUMED(
      "the tenant is resumed",
      admissionHarness ->
          admissionHarness.send(
              "blue", new InboxMessage.TenantResumed("blue", SampleJob.origin("r")))),
  REMOVED(
      "the tenant was removed an hour ago",
      admissionHarness -> {
        List<AdmissionOutput> outputs =
            new ArrayList<>(admissionHarness.send("blue", new InboxMessage.TenantRemoved("blue")));
        outputs.addAll(admissionHarness.after(Duration.ofHours(1)));
        return outputs;
      }),
  WAIT_OVER(
      "its waiting time ends", admissionHarness -> admissionHarness.after(Duration.ofHours(24))),
  START_BY(
      "`startBy` passes",
      deadlines(new Deadlines(soon(), null, null, null)),
      admissionHarness -> admissionHarness.after(Duration.ofHours(1))),
  START_WITHIN(
      "`startWithin` is exceeded",
      deadlines(new Deadlines(null, Duration.ofHours(1), null, null)),
      admissionHarness -> admissionHarness.after(Duration.ofHours(1))),
  RUN_WITHIN(
      "`runWithin` is exceeded",
      deadlines(new Deadlines(null, null, Duration.ofHours(1), null)),
      admissionHarness -> admissionHarness.after(Duration.ofHours(1))),
  FINISH_BY(
      "`finishBy` passes",
      deadlines(new Deadlines(null, null, null, soon())),
      admissionHarness -> admissionHarness.after(Duration.ofHours(1))),
  DEPENDENCY_MET(
      "the job it depends on succeeds", admissionHarness -> admissionHarness.finished(OTHER, null)),
  DEPENDENCY_FAILED(
      "the job it depends on fails",
      admissionHarness ->
          admissionHarness.finished(OTHER, SampleJob.failure(FailureCategory.APPLICATION))),
  FORGOTTEN(
      "the retention period ends", admissionHarness -> admissionHarness.after(Duration.ofDays(7)));

  private final String title;
  private final UnaryOperator<SampleJob> job;
  private final Function<AdmissionHarness, List<AdmissionOutput>> action;

  Stimulus(String title, Function<AdmissionHarness, List<AdmissionOutput>> action) {
    this(title, UnaryOperator.identity(), action);
  }

  Stimulus(
      String title,
      UnaryOperator<SampleJob> job,
      Function<AdmissionHarness, List<AdmissionOutput>> action) {
    this.title = title;
    this.job = job;
    this.action = action;
  }

  String title() {
    return title;
  }

  /** The job of the table as this row needs it. */
  SampleJob prepare() {
    return job.apply(sample());
  }

  List<AdmissionOutput> happenIn(AdmissionHarness admissionHarness) {
    return action.apply(admissionHarness);
  }

  /** What intake sends when it rejects the request for the job that it read at this offset. */
  static InboxMessage refusal(long offset) {
    return new InboxMessage.JobRejected(
        JOB,
        SampleJob.origin("bad", SampleJob.at(offset)),
        SampleJob.failure(FailureCategory.REQUEST));
  }

  private static SampleJob sample() {
    return SampleJob.job(JOB.tenant(), JOB.id()).published(1);
  }

  private static Instant soon() {
    return SampleJob.START.plus(Duration.ofHours(1));
  }

  private static UnaryOperator<SampleJob> retrying() {
    return sampleJob -> sampleJob.retry(StateFixture.retryOnce(Duration.ofSeconds(10)));
  }

  private static UnaryOperator<SampleJob> deadlines(Deadlines deadlines) {
    return sampleJob -> sampleJob.deadlines(deadlines);
  }
}
