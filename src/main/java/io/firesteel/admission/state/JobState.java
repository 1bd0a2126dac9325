package io.firesteel.admission.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus.ExecutorCount;
import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is. A transition is a method of the state it leaves, so one that is not there cannot
 * happen; an ended job has none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobState.Precancelled.class, name = "foretold"),
  @JsonSubTypes.Type(value = JobState.Blocked.class, name = "blocked"),
  @JsonSubTypes.Type(value = JobState.Delayed.class, name = "delayed"),
  @JsonSubTypes.Type(value = JobState.Queued.class, name = "queued"),
  @JsonSubTypes.Type(value = JobState.Admitted.class, name = "admitted"),
  @JsonSubTypes.Type(value = JobState.Submitted.class, name = "submitted"),
  @JsonSubTypes.Type(value = JobState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = JobState.Stopping.class, name = "stopping"),
  @JsonSubTypes.Type(value = JobState.Ended.class, name = "ended")
})
public sealed interface JobState {

  /** How the outside calls it. */
  JobPhase phase();

  /** It has no slot and wants one. */
  sealed interface Waiting extends JobState {
    @Override
    default JobPhase phase() {
      return JobPhase.WAITING;
    }

    /** Nothing of it exists, so it can end at once. */
    default Ended end(Outcome outcome, @Nullable Failure failure, Instant at) {
      return new Ended(outcome, failure, at);
    }
  }

  /** It has a slot, and a driver may exist. */
  sealed interface HoldingSlot extends JobState {

    /** The driver is known to be gone, and the job with it. */
    default Ended end(Outcome outcome, @Nullable Failure failure, Instant at) {
      return new Ended(outcome, failure, at);
    }
  }

  /** Its driver is wanted. */
  sealed interface DriverDesired extends HoldingSlot {

    /** The driver should go. */
    default Stopping stop(StopReason why, Instant at) {
      return new Stopping(why, at);
    }

    /** The attempt is over; the next may start at once. */
    default Queued retry() {
      return new Queued();
    }

    /** The attempt is over; the next waits a while. */
    default Delayed retryAfter(Instant until) {
      return new Delayed(until, true);
    }
  }

  /** Cancelled before it arrived. */
  record Precancelled(StopReason why, Instant at) implements JobState {
    @Override
    public JobPhase phase() {
      return JobPhase.UNKNOWN;
    }

    public Ended arrive(Instant now) {
      return new Ended(why.outcome(), why.failure(), now);
    }
  }

  /**
   * Waits for other jobs.
   *
   * @param unknownUntil when to give up on those of them that nobody has heard of
   */
  record Blocked(List<Dependency> on, @Nullable Instant unknownUntil) implements Waiting {
    public Blocked {
      on = List.copyOf(on);
    }

    public Blocked on(List<Dependency> left) {
      return new Blocked(left, unknownUntil);
    }

    public Blocked withAllKnown() {
      return new Blocked(on, null);
    }

    public Queued ready() {
      return new Queued();
    }

    public Delayed delay(Instant until) {
      return new Delayed(until, false);
    }
  }

  /** Waits for a point in time: the earliest start, or a pause between attempts. */
  record Delayed(Instant until, boolean backoff) implements Waiting {
    public Queued ready() {
      return new Queued();
    }
  }

  /** Stands in its tenant's queue. */
  record Queued() implements Waiting {
    public Admitted admit(Instant now) {
      return new Admitted(now, null);
    }
  }

  /** A driver is wanted and not yet seen. */
  record Admitted(Instant at, @Nullable String pending) implements DriverDesired {
    @Override
    public JobPhase phase() {
      return JobPhase.ADMITTED;
    }

    public Admitted pending(String reason) {
      return new Admitted(at, reason);
    }

    public Submitted submitted() {
      return new Submitted(at, pending);
    }

    public Running start(Instant startedAt) {
      return new Running(startedAt, null, Instant.EPOCH);
    }
  }

  /**
   * The driver pod exists.
   *
   * @param admittedAt counts against the start deadline
   */
  record Submitted(Instant admittedAt, @Nullable String pending) implements DriverDesired {
    @Override
    public JobPhase phase() {
      return JobPhase.SUBMITTED;
    }

    public Submitted pending(String reason) {
      return new Submitted(admittedAt, reason);
    }

    public Running start(Instant startedAt) {
      return new Running(startedAt, null, Instant.EPOCH);
    }
  }

  /** The driver runs. */
  record Running(Instant startedAt, @Nullable ExecutorCount executors, Instant executorsAt)
      implements DriverDesired {
    @Override
    public JobPhase phase() {
      return JobPhase.RUNNING;
    }

    public Running withExecutors(ExecutorCount seen, Instant at) {
      return new Running(startedAt, seen, at);
    }
  }

  /** The driver should go and is not known to be gone. */
  record Stopping(StopReason why, Instant at) implements HoldingSlot {
    @Override
    public JobPhase phase() {
      return JobPhase.STOPPING;
    }
  }

  /** Over, and remembered for a while. */
  record Ended(Outcome outcome, @Nullable Failure failure, Instant at) implements JobState {
    @Override
    public JobPhase phase() {
      return outcome.phase();
    }
  }
}
