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
 * What the cluster side observed of a driver. Delivered at least once, possibly late and after the
 * attempt ended; in order for one attempt unless a replica dies.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "seen")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.Created.class, name = "created"),
  @JsonSubTypes.Type(value = Observation.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = Observation.Pending.class, name = "pending"),
  @JsonSubTypes.Type(value = Observation.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Observation.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Observation.ExecutorsCounted.class, name = "executors"),
  @JsonSubTypes.Type(value = Observation.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Observation.Gone.class, name = "gone"),
  @JsonSubTypes.Type(value = Observation.Abandoned.class, name = "abandoned")
})
public sealed interface Observation {

  /** The attempt whose driver was observed. */
  Attempt attempt();

  /** When it happened, by the cluster's clock if known. */
  Instant at();

  /**
   * The same observation in a few kilobytes, for a topic that does not accept it: without a log and
   * executors by name, and with the beginning of the message.
   */
  default Observation withoutDiagnostics() {
    return switch (this) {
      case Pending(var attempt, var at, var reason, var message) ->
          new Pending(attempt, at, reason, message == null ? null : shortened(message));
      case ExecutorsCounted(var attempt, var at, int running, int total, _) ->
          new ExecutorsCounted(attempt, at, running, total, List.of());
      case Rejected(var attempt, var at, var failure) ->
          new Rejected(attempt, at, shortened(failure));
      case Finished(var attempt, var at, var failure, var outputs) ->
          new Finished(attempt, at, failure == null ? null : shortened(failure), outputs);
      case Gone(var attempt, var at, var failure) -> new Gone(attempt, at, shortened(failure));
      case Abandoned(var attempt, var at, var failure) ->
          new Abandoned(attempt, at, shortened(failure));
      case Created _, Started _, Ready _ -> this;
    };
  }

  private static Failure shortened(Failure failure) {
    return new Failure(
        failure.category(),
        failure.retryable(),
        failure.exitCode(),
        failure.reason(),
        shortened(failure.message()),
        null);
  }

  private static String shortened(String message) {
    return TruncatedText.beginning(message, 1 << 10);
  }

  /** The driver pod exists; its application id is Spark's {@code spark.app.id}. */
  record Created(
      Attempt attempt, Instant at, String namespace, String pod, String uid, String applicationId)
      implements Observation {}

  /** The API server rejected the driver; no pod exists. */
  record Rejected(Attempt attempt, Instant at, Failure failure) implements Observation {}

  /**
   * The driver pod exists; its container is not running yet.
   *
   * @param reason {@code Scheduled}, {@code Unschedulable} or the container's waiting reason
   */
  record Pending(Attempt attempt, Instant at, String reason, @Nullable String message)
      implements Observation {
    public Pending {
      // A record read from JSON may lack the reason; the reader checks.
      reason = reason == null ? reason : TruncatedText.beginning(reason, Failure.MAX_REASON);
      message = message == null ? null : TruncatedText.beginning(message, Failure.MAX_MESSAGE);
    }
  }

  /** The driver's container is running. */
  record Started(Attempt attempt, Instant at, @Nullable String node) implements Observation {}

  /** The driver's pod is ready: Spark's UI listens, or a probe of the job's own succeeded. */
  record Ready(Attempt attempt, Instant at) implements Observation {}

  /**
   * The number of running executor pods, and of all that were ever observed.
   *
   * @param changed those that started or ended, if the job asks for them
   */
  record ExecutorsCounted(
      Attempt attempt, Instant at, int running, int total, List<ExecutorPod> changed)
      implements Observation {
    public ExecutorsCounted {
      // Workers of an earlier release do not write it.
      changed = changed == null ? List.of() : List.copyOf(changed);
    }
  }

  /**
   * The driver's container ended, successfully if there is no failure. Its process is gone.
   *
   * @param outputs none after a failure
   */
  record Finished(Attempt attempt, Instant at, @Nullable Failure failure, Outputs outputs)
      implements Observation {
    public Finished {
      // Workers of an earlier release do not write it.
      outputs = outputs == null ? Outputs.NONE : outputs;
    }

    /** A driver that handed on nothing. */
    public Finished(Attempt attempt, Instant at, @Nullable Failure failure) {
      this(attempt, at, failure, Outputs.NONE);
    }
  }

  /**
   * A live read showed that the driver pod no longer exists. The failure applies if the job was not
   * being stopped.
   */
  record Gone(Attempt attempt, Instant at, Failure failure) implements Observation {}

  /** An operator gave up the cluster. Nobody knows whether a driver still runs there. */
  record Abandoned(Attempt attempt, Instant at, Failure failure) implements Observation {}
}
