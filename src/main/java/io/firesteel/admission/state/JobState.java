package io.firesteel.admission.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus.ExecutorCount;
import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job. Each transition is a method of the state that it leaves, so no other
 * transition is possible; an ended job has none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobState.Precancelled.class, name = "precancelled"),
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

  /** The published phase. */
  JobPhase phase();

  /** The job waits for a slot. */
  sealed interface Waiting extends JobState {
    @Override
    default JobPhase phase() {
      return JobPhase.WAITING;
    }

    /** Ends at once, since no driver exists. */
    default Ended end(Outcome outcome, @Nullable Failure failure, Instant at) {
      return new Ended(outcome, failure, at);
    }
  }

  /** The job holds a slot, and a driver may exist. */
  sealed interface HoldingSlot extends JobState {

    /** Ends; the driver is known to be gone, or its cluster was abandoned. */
    default Ended end(Outcome outcome, @Nullable Failure failure, Instant at) {
      return new Ended(outcome, failure, at);
    }

    /** Succeeds; the driver is known to be gone. */
    default Ended succeed(Map<String, JsonNode> outputs, Instant at) {
      return new Ended(Outcome.SUCCEEDED, null, at, outputs);
    }
  }

  /** The driver should exist. */
  sealed interface Active extends HoldingSlot {

    /** Stops the driver. */
    default Stopping stop(StopReason why, Instant at) {
      return new Stopping(why, at);
    }

    /** The attempt is over; the next one may start at once. */
    default Queued retry() {
      return new Queued();
    }

    /** The attempt is over; the next one may start after a backoff. */
    default Delayed retryAfter(Instant until) {
      return new Delayed(until, true);
    }
  }

  /** The job was cancelled before it arrived. */
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
   * The job waits for its dependencies.
   *
   * @param unknownUntil when the wait for those that were never submitted ends; null if all were
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

  /** The job waits for a time: its earliest start, or the end of a backoff. */
  record Delayed(Instant until, boolean backoff) implements Waiting {
    public Queued ready() {
      return new Queued();
    }
  }

  /** The job is in its tenant's ready queue. */
  record Queued() implements Waiting {
    public Admitted admit(Instant now) {
      return new Admitted(now, null);
    }
  }

  /** The driver should exist, but its pod has not been observed. */
  record Admitted(Instant at, @Nullable String pending) implements Active {
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
   * @param admittedAt when {@code deadline.startWithin} began
   */
  record Submitted(Instant admittedAt, @Nullable String pending) implements Active {
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

  /** The driver is running. */
  record Running(Instant startedAt, @Nullable ExecutorCount executors, Instant executorsAt)
      implements Active {
    @Override
    public JobPhase phase() {
      return JobPhase.RUNNING;
    }

    public Running withExecutors(ExecutorCount count, Instant at) {
      return new Running(startedAt, count, at);
    }
  }

  /** The driver is being stopped and is not yet known to be gone. */
  record Stopping(StopReason why, Instant at) implements HoldingSlot {
    @Override
    public JobPhase phase() {
      return JobPhase.STOPPING;
    }
  }

  /**
   * The job has ended and is stored until its retention ends.
   *
   * @param outputs what its driver handed on; empty unless it succeeded
   */
  record Ended(
      Outcome outcome, @Nullable Failure failure, Instant at, Map<String, JsonNode> outputs)
      implements JobState {
    public Ended {
      // Workers of an earlier release do not write it.
      outputs = outputs == null ? Map.of() : outputs;
    }

    public Ended(Outcome outcome, @Nullable Failure failure, Instant at) {
      this(outcome, failure, at, Map.of());
    }

    @Override
    public JobPhase phase() {
      return outcome.phase();
    }
  }
}
