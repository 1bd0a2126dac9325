package io.firesteel.inbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.TruncatedText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster side saw a driver do. At least once, possibly late, possibly of an attempt that
 * is long over; in order for one attempt as long as no replica dies.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "seen")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.Created.class, name = "created"),
  @JsonSubTypes.Type(value = Observation.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = Observation.Pending.class, name = "pending"),
  @JsonSubTypes.Type(value = Observation.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Observation.ExecutorsCounted.class, name = "executors"),
  @JsonSubTypes.Type(value = Observation.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Observation.Gone.class, name = "gone")
})
public sealed interface Observation {

  Attempt attempt();

  /** When it happened, by the cluster's clock where it tells. */
  Instant at();

  /** The driver pod exists; its application id is Spark's {@code spark.app.id}. */
  record Created(
      Attempt attempt, Instant at, String namespace, String pod, String uid, String applicationId)
      implements Observation {}

  /** The API server refuses the driver; nothing of it exists. */
  record Rejected(Attempt attempt, Instant at, Failure failure) implements Observation {}

  /**
   * The driver pod exists and its container does not run yet.
   *
   * @param reason {@code Scheduled}, {@code Unschedulable} or the container's waiting reason
   */
  record Pending(Attempt attempt, Instant at, String reason, @Nullable String message)
      implements Observation {
    public Pending {
      // What is read back from JSON may lack the reason; who reads it checks.
      reason = reason == null ? reason : TruncatedText.beginning(reason, Failure.LONGEST_REASON);
      message = message == null ? null : TruncatedText.beginning(message, Failure.LONGEST_MESSAGE);
    }
  }

  /** The driver's container runs. */
  record Started(Attempt attempt, Instant at, @Nullable String node) implements Observation {}

  /**
   * How many executor pods run now, and how many were seen in all.
   *
   * @param changed those that came or went, for a job that asks for each
   */
  record ExecutorsCounted(
      Attempt attempt, Instant at, int running, int total, List<ExecutorPod> changed)
      implements Observation {
    public ExecutorsCounted {
      // An earlier worker did not write it.
      changed = changed == null ? List.of() : List.copyOf(changed);
    }
  }

  /**
   * The driver's container ended; without a failure it succeeded. Its process is known to be gone.
   */
  record Finished(Attempt attempt, Instant at, @Nullable Failure failure) implements Observation {}

  /**
   * The driver pod does not exist any more, by a live read; the failure says what that means if
   * nothing else is known.
   */
  record Gone(Attempt attempt, Instant at, Failure failure) implements Observation {}
}
