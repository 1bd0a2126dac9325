package io.firesteel.admission;

import com.fasterxml.jackson.core.JacksonException;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A record of the inbox, whether it can be read or not: one bad record must not stop the rest. One
 * that is too large would stop them as well, for what comes of it would not fit its topics; intake
 * lets none through.
 */
sealed interface InboxRecord {

  record Message(InboxMessage message) implements InboxRecord {}

  /** Kept as it came, for the dead letters. */
  record Malformed(byte[] bytes, String reason) implements InboxRecord {}

  /** Never throws. */
  static Deserializer<InboxRecord> deserializer() {
    return (_, bytes) -> bytes == null ? read(new byte[0]) : read(bytes);
  }

  private static InboxRecord read(byte[] bytes) {
    try {
      InboxMessage message = JsonCodec.MAPPER.readValue(bytes, InboxMessage.class);
      if (message == null || !complete(message)) {
        return new Malformed(bytes, "a field that every such message has is missing");
      }
      return bytes.length <= InboxMessage.LARGEST ? new Message(message) : small(message, bytes);
    } catch (JacksonException e) {
      return new Malformed(bytes, e.getOriginalMessage());
    } catch (IOException | RuntimeException e) {
      return new Malformed(bytes, String.valueOf(e.getMessage()));
    }
  }

  /** What can still be told of a message that is too large: that the job is refused. */
  private static InboxRecord small(InboxMessage message, byte[] bytes) {
    String reason =
        "the message has %d bytes and may have %d".formatted(bytes.length, InboxMessage.LARGEST);
    InboxMessage small =
        switch (message) {
          case InboxMessage.JobSubmitted(var job) ->
              new InboxMessage.JobRejected(
                  job.key(),
                  job.origin().withoutCorrelation(),
                  Failure.of(
                      FailureCategory.REQUEST, FailureReason.MESSAGE_TOO_LARGE.text(), reason));
          case InboxMessage.JobRejected(var key, var origin, var failure) ->
              new InboxMessage.JobRejected(key, origin.withoutCorrelation(), failure);
          default -> message;
        };
    return JsonCodec.write(small).length <= InboxMessage.LARGEST
        ? new Message(small)
        : new Malformed(bytes, reason);
  }

  /** Whether everything is there that decisions rely on; JSON knows no required fields. */
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
      case InboxMessage.Observed(var seen) -> allPresent(seen) && complete(seen);
    };
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

  private static boolean complete(Observation seen) {
    return allPresent(seen.attempt(), seen.at())
        && allPresent(seen.attempt().job())
        && switch (seen) {
          case Observation.Created created ->
              allPresent(
                  created.namespace(), created.pod(), created.uid(), created.applicationId());
          case Observation.Rejected rejected -> allPresent(rejected.failure());
          case Observation.Pending pending -> allPresent(pending.reason());
          case Observation.Gone gone -> allPresent(gone.failure());
          case Observation.Started _, Observation.ExecutorsCounted _, Observation.Finished _ ->
              true;
        };
  }

  private static boolean allPresent(@Nullable Object... values) {
    return Arrays.stream(values).allMatch(Objects::nonNull);
  }
}
