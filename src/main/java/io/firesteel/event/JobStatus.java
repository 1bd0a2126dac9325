package io.firesteel.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.Requester;
import io.firesteel.job.TruncatedText;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of a job, on a compacted topic keyed by {@code tenant/id}; a tombstone means
 * that the job was forgotten.
 *
 * @param generation identifies the request among those with the same job id
 * @param waiting why the job waits; null if it does not
 * @param attempt the number of its current or last attempt, 0 before the first
 * @param cluster the cluster of its pods; null for the default one
 * @param pending Kubernetes' reason why the driver is not running yet
 * @param outcome null until the job ends
 * @param outputs what the driver handed on, by name; null if nothing
 * @param requester the part of Firesteel that asked for the job; null if it came from outside
 * @param sequence number of the last event about this generation
 * @param arrival number of the job among all jobs of its tenant; orders a queue within a priority
 * @param submitter who sent the request; null in a record of an earlier release
 * @param template the template of the request; null if it had a spec
 * @param parameters the values that the request supplied; null if they are too large
 * @param attempts the last attempts before the current one, in order
 */
@RecordBuilder
public record JobStatus(
    String tenant,
    String jobId,
    long generation,
    String cohort,
    JobPhase phase,
    @Nullable WaitingStatus waiting,
    int priority,
    int attempt,
    @Nullable String cluster,
    @Nullable String namespace,
    @Nullable DriverPod driver,
    @Nullable String pending,
    @Nullable ExecutorCount executors,
    @Nullable Outcome outcome,
    @Nullable Failure failure,
    @Nullable Map<String, JsonNode> outputs,
    Timeline timeline,
    @Nullable String correlationId,
    @Nullable Requester requester,
    Links links,
    long sequence,
    Instant updatedAt,
    long arrival,
    @Nullable Instant notBefore,
    @Nullable Submitter submitter,
    Map<String, String> labels,
    @Nullable String template,
    @Nullable Map<String, JsonNode> parameters,
    List<Dependency> dependsOn,
    List<AttemptStatus> attempts)
    implements JobStatusBuilder.With {

  public JobStatus {
    // Workers of an earlier release do not write them.
    labels = Map.copyOf(Objects.requireNonNullElse(labels, Map.of()));
    parameters = parameters == null ? null : Map.copyOf(parameters);
    dependsOn = List.copyOf(Objects.requireNonNullElse(dependsOn, List.of()));
    attempts = List.copyOf(Objects.requireNonNullElse(attempts, List.of()));
  }

  /**
   * Who sent the request.
   *
   * @param source CloudEvents source of the request
   * @param requestId CloudEvents id of the request
   * @param principal who sent it, as far as known
   * @param record where Kafka has the request; null if unknown
   */
  public record Submitter(
      String source,
      String requestId,
      @Nullable String principal,
      @Nullable RecordPosition record) {}

  /** The running executor pods, and all that were ever observed. */
  public record ExecutorCount(int running, int total) {}

  /**
   * An attempt that another one followed.
   *
   * @param number from 1
   * @param driver null if no pod was observed
   * @param failure without the end of the log; null for an attempt that succeeded
   */
  public record AttemptStatus(
      int number,
      @Nullable DriverPod driver,
      @Nullable Instant admittedAt,
      @Nullable Instant submittedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Failure failure) {

    /** Each status of the job carries its attempts, so their messages are cut, in bytes. */
    private static final int MAX_MESSAGE = 1 << 10;

    /** An attempt by the stages that the job has reached in it. */
    public static AttemptStatus of(
        int number, @Nullable DriverPod driver, Timeline stages, @Nullable Failure failure) {
      return new AttemptStatus(
          number,
          driver,
          stages.admittedAt(),
          stages.submittedAt(),
          stages.startedAt(),
          stages.finishedAt(),
          failure == null ? null : shortened(failure));
    }

    private static Failure shortened(Failure failure) {
      return new Failure(
          failure.category(),
          failure.retryable(),
          failure.exitCode(),
          failure.reason(),
          TruncatedText.beginning(failure.message(), MAX_MESSAGE),
          null);
    }
  }
}
