package io.firesteel.admission;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A record of the inbox, readable or not, because one malformed record must not stop the others. A
 * record that is too large would stop them too: the records that follow from it would not fit their
 * topics. Intake writes none.
 */
sealed interface InboxRecord {

  /** A readable record; {@code bytes} is its value as it arrived. */
  record Message(InboxMessage message, byte[] bytes) implements InboxRecord {}

  /** An unreadable record; {@code reason} quotes nothing of it. */
  record Malformed(byte[] bytes, String reason) implements InboxRecord {}

  /** Never throws. */
  static Deserializer<InboxRecord> deserializer() {
    return (_, bytes) -> bytes == null ? read(new byte[0]) : read(bytes);
  }

  private static InboxRecord read(byte[] bytes) {
    try {
      InboxMessage message = JsonCodec.MAPPER.readValue(bytes, InboxMessage.class);
      if (message == null || !complete(message)) {
        return new Malformed(
            bytes, "The value is not an inbox message: a required field is missing");
      }
      // A copied job was stored as it is, so it fits every topic.
      return bytes.length <= InboxMessage.MAX_BYTES || message instanceof InboxMessage.JobCopied
          ? new Message(message, bytes)
          : shortened(message, bytes);
    } catch (JacksonException e) {
      return new Malformed(bytes, "The value is not an inbox message: " + position(e));
    } catch (IOException | RuntimeException e) {
      return new Malformed(
          bytes, "The value is not an inbox message: " + e.getClass().getSimpleName());
    }
  }

  /** The part of a message that is too large which still fits: the rejection of its job. */
  private static InboxRecord shortened(InboxMessage message, byte[] bytes) {
    String reason =
        "The inbox message has %d bytes; the maximum is %d"
            .formatted(bytes.length, InboxMessage.MAX_BYTES);
    InboxMessage small =
        switch (message) {
          case InboxMessage.JobSubmitted(var job) ->
              new InboxMessage.JobRejected(
                  job.key(),
                  job.origin().withCorrelation(null),
                  Failure.of(FailureReason.MESSAGE_TOO_LARGE, reason));
          case InboxMessage.JobRejected(var key, var origin, var failure) ->
              new InboxMessage.JobRejected(key, origin.withCorrelation(null), failure);
          default -> message;
        };
    return JsonCodec.write(small).length <= InboxMessage.MAX_BYTES
        ? new Message(small, bytes)
        : new Malformed(bytes, reason);
  }

  /** Where Jackson stopped. Its own messages quote the value, which may hold secrets. */
  private static String position(JacksonException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? e.getClass().getSimpleName()
        : "%s at line %d, column %d"
            .formatted(e.getClass().getSimpleName(), location.getLineNr(), location.getColumnNr());
  }

  /** Whether every field that decisions rely on is present; Jackson requires none. */
  private static boolean complete(InboxMessage message) {
    return switch (message) {
      case InboxMessage.JobSubmitted(var job) -> allPresent(job) && complete(job);
      case InboxMessage.JobRejected(var key, var origin, var failure) ->
          allPresent(key, origin, failure)
              && allPresent(origin.id(), failure.category(), failure.reason());
      case InboxMessage.CancelRequested(var key, var origin, _) ->
          allPresent(key, origin) && allPresent(origin.source(), origin.id(), origin.receivedAt());
      case InboxMessage.PriorityChanged(var key, var origin, _) ->
          allPresent(key, origin) && allPresent(origin.source(), origin.id());
      case InboxMessage.TenantDefined(var limits) ->
          allPresent(limits) && allPresent(limits.tenant(), limits.cohort());
      case InboxMessage.TenantRemoved(var tenant) -> allPresent(tenant);
      case InboxMessage.TenantSuspended(var tenant, var origin) ->
          allPresent(tenant, origin) && allPresent(origin.source(), origin.id());
      case InboxMessage.TenantResumed(var tenant, var origin) ->
          allPresent(tenant, origin) && allPresent(origin.source(), origin.id());
      case InboxMessage.TenantMoved(var limits, _, _, _, _) ->
          allPresent(limits) && allPresent(limits.tenant(), limits.cohort());
      case InboxMessage.JobCopied(var key, var cohort, var job) ->
          allPresent(key, cohort, job) && complete(key, job);
      case InboxMessage.Observed(var observation) ->
          allPresent(observation) && complete(observation);
    };
  }

  /** Conversion throws if the job cannot be read. */
  private static boolean complete(JobKey key, JsonNode job) {
    TrackedJob copy = JsonCodec.MAPPER.convertValue(job, TrackedJob.class);
    return allPresent(copy, copy.head(), copy.state(), copy.timeline())
        && key.equals(copy.head().key());
  }

  private static boolean complete(Job job) {
    return allPresent(
            job.key(),
            job.cohort(),
            job.origin(),
            job.placement(),
            job.deadlines(),
            job.retry(),
            job.spec())
        && allPresent(job.origin().id(), job.origin().receivedAt(), job.placement().namespace())
        && allPresent(
            job.retry().type(),
            job.retry().onFailureRetryInterval(),
            job.retry().onSubmissionFailureRetryInterval());
  }

  private static boolean complete(Observation observation) {
    return allPresent(observation.attempt(), observation.at())
        && allPresent(observation.attempt().job())
        && switch (observation) {
          case Observation.Created created ->
              allPresent(
                  created.namespace(), created.pod(), created.uid(), created.applicationId());
          case Observation.Rejected rejected -> allPresent(rejected.failure());
          case Observation.Pending pending -> allPresent(pending.reason());
          case Observation.Gone gone -> allPresent(gone.failure());
          case Observation.Abandoned abandoned -> allPresent(abandoned.failure());
          case Observation.Started _,
              Observation.Ready _,
              Observation.ExecutorsCounted _,
              Observation.Finished _ ->
              true;
        };
  }

  private static boolean allPresent(@Nullable Object... values) {
    return Arrays.stream(values).allMatch(Objects::nonNull);
  }
}
