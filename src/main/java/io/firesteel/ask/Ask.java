package io.firesteel.ask;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.JobKey;
import io.firesteel.job.Requester;
import java.time.Instant;

/**
 * A record of the asks topic, keyed by tenant. Whoever writes it chooses the job id so that the
 * same cause always gives the same id, and writes it in the transaction that records the cause:
 * then a crash or a replay makes no second job. Intake reads committed asks only.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ask.JobAsked.class, name = "job"),
  @JsonSubTypes.Type(value = Ask.CancellationAsked.class, name = "cancel")
})
public sealed interface Ask {

  /** The job that the ask is about. */
  JobKey job();

  /** Who asks. */
  Requester requester();

  /** Identifies the ask together with the requester's source. */
  default String id() {
    return job().id();
  }

  /**
   * Asks for a job. The job gets one result under this id: its own, or a refusal.
   *
   * @param askedAt by the clock of whoever asks
   * @param request the payload of a job request, without {@code tenant} and {@code jobId}. A text
   *     that a parameter of the template does not accept is converted to the parameter's type
   */
  record JobAsked(JobKey job, Requester requester, Instant askedAt, JsonNode request)
      implements Ask {}

  /** Asks for the end of a job that was asked for before. */
  record CancellationAsked(JobKey job, Requester requester, String reason) implements Ask {}
}
