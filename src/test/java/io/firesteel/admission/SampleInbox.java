package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.job;

import io.firesteel.admission.core.SampleJob;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.Outcome;
import io.firesteel.event.Timeline;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.InboxMessage.CancelRequested;
import io.firesteel.inbox.InboxMessage.Observed;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.JsonCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the inbox of a {@link StoredStateSample} says: every kind of message, in an order that
 * leaves a job in every state. A new kind of message or state has its place here.
 */
final class SampleInbox {

  static final int BLUE_LIMIT = 4;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Failure FAILURE =
      new Failure(FailureCategory.APPLICATION, true, 3, "Error", "It exited with 3", "last words");

  private final List<InboxMessage> inbox = new ArrayList<>();

  private SampleInbox() {}

  static List<InboxMessage> inbox() {
    SampleInbox history = new SampleInbox();
    history.tenants();
    history.ended();
    history.holding();
    history.waiting();
    history.commands();
    history.moves();
    return history.inbox;
  }

  private void tenants() {
    say(new InboxMessage.TenantDefined(SampleJob.limits("blue", BLUE_LIMIT)));
    say(new InboxMessage.TenantDefined(new TenantLimits("red", "blue", 2, 50, 3, 6)));
    say(new InboxMessage.TenantSuspended("red", SampleJob.origin("suspend")));
  }

  private void ended() {
    say(job("blue", "succeeded").submitted());
    start("succeeded");
    see(new Observation.Finished(first("succeeded"), START, null));
    say(job("blue", "rejected").submitted());
    see(new Observation.Rejected(first("rejected"), START, FAILURE));
    say(job("blue", "lost").submitted());
    see(new Observation.Gone(first("lost"), START, FAILURE));
    say(job("blue", "abandoned").submitted());
    see(new Observation.Abandoned(first("abandoned"), START, FAILURE));
    say(
        new InboxMessage.JobRejected(
            new JobKey("blue", "refused"), SampleJob.origin("refused"), FAILURE));
  }

  private void holding() {
    say(job("blue", "retried").retry(SampleJob.onFailure(2, Duration.ofMinutes(1))).submitted());
    start("retried");
    see(new Observation.Finished(first("retried"), START, FAILURE));
    Instant tomorrow = START.plus(Duration.ofDays(1));
    say(
        job("blue", "running")
            .deadlines(new Deadlines(tomorrow, HOUR, HOUR.multipliedBy(9), tomorrow))
            .submitted());
    start("running");
    see(new Observation.Ready(first("running"), START));
    see(new Observation.ExecutorsCounted(first("running"), START, 2, 3, List.of()));
    say(job("blue", "submitted").submitted());
    create("submitted");
    see(new Observation.Pending(first("submitted"), START, "Scheduled", "to a node"));
    say(job("blue", "stopping").submitted());
    start("stopping");
    say(job("blue", "admitted").submitted());
    see(new Observation.Pending(first("admitted"), START, "QuotaExceeded", "no room"));
  }

  private void waiting() {
    say(job("blue", "queued").submitted());
    say(job("blue", "urgent").submitted());
    say(job("blue", "delayed").notBefore(START.plusSeconds(60)).submitted());
    say(job("blue", "blocked").after("running", Dependency.Condition.SUCCESS).submitted());
    say(job("blue", "hopeful").after("unheard", Dependency.Condition.COMPLETION).submitted());
    say(job("red", "suspended").cohort("blue").submitted());
  }

  private void commands() {
    say(new CancelRequested(new JobKey("blue", "stopping"), SampleJob.origin("cancel"), "enough"));
    say(new CancelRequested(new JobKey("blue", "precancelled"), SampleJob.origin("early"), null));
    say(new InboxMessage.PriorityChanged(new JobKey("blue", "urgent"), SampleJob.origin("up"), 9));
    say(new InboxMessage.TenantDefined(SampleJob.limits("green", 1)));
    say(new InboxMessage.TenantSuspended("green", SampleJob.origin("suspend-green")));
    say(new InboxMessage.TenantResumed("green", SampleJob.origin("resume-green")));
    say(new InboxMessage.TenantDefined(SampleJob.limits("grey", 1)));
    say(new InboxMessage.TenantRemoved("grey"));
  }

  /** A tenant that arrives from another cohort with a job that was cancelled in advance. */
  private void moves() {
    JobKey key = new JobKey("teal", "early");
    StopReason why = new StopReason(Outcome.CANCELLED, FAILURE);
    TrackedJob early =
        TrackedJob.arriving(
                JobMetadata.ofKey(key, 0, "north", SampleJob.origin("early")),
                Timeline.received(START),
                START)
            .withState(new JobState.Precancelled(why, START));
    say(new InboxMessage.JobCopied(key, "north", JsonCodec.toTree(early)));
    TenantLimits limits = SampleJob.limits("teal", "blue", 1, 1, TenantLimits.UNLIMITED);
    say(new InboxMessage.TenantMoved(limits, true, SampleJob.at(7), 3, START.toEpochMilli()));
  }

  private void start(String id) {
    create(id);
    see(new Observation.Started(first(id), START, "node-1"));
  }

  private void create(String id) {
    see(new Observation.Created(first(id), START, "ns-blue", "pod-" + id, "uid-" + id, "spark-1"));
  }

  private void see(Observation seen) {
    say(new Observed(seen));
  }

  private void say(InboxMessage message) {
    inbox.add(message);
  }

  private static Attempt first(String id) {
    return new Attempt(new JobKey("blue", id), START.toEpochMilli(), 1);
  }
}
