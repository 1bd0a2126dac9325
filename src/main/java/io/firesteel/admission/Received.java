package io.firesteel.admission;

import com.fasterxml.jackson.core.JacksonException;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Job;
import io.firesteel.kafka.Json;
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
sealed interface Received {

  record Message(InboxMessage message) implements Received {}

  /** Kept as it came, for the dead letters. */
  record Unreadable(byte[] bytes, String reason) implements Received {}

  /** Never throws. */
  static Deserializer<Received> deserializer() {
    return (_, bytes) -> bytes == null ? read(new byte[0]) : read(bytes);
  }

  private static Received read(byte[] bytes) {
    try {
      InboxMessage message = Json.MAPPER.readValue(bytes, InboxMessage.class);
      if (message == null || !complete(message)) {
        return new Unreadable(bytes, "a field that every such message has is missing");
      }
      return bytes.length <= InboxMessage.LARGEST ? new Message(message) : small(message, bytes);
    } catch (JacksonException e) {
      return new Unreadable(bytes, e.getOriginalMessage());
    } catch (IOException | RuntimeException e) {
      return new Unreadable(bytes, String.valueOf(e.getMessage()));
    }
  }

  /** What can still be told of a message that is too large: that the job is refused. */
  private static Received small(InboxMessage message, byte[] bytes) {
    String reason =
        "the message has %d bytes and may have %d".formatted(bytes.length, InboxMessage.LARGEST);
    InboxMessage small =
        switch (message) {
          case InboxMessage.Submitted(var job) ->
              new InboxMessage.Refused(
                  job.key(),
                  job.origin().withoutCorrelation(),
                  Failure.of(
                      FailureCategory.REQUEST, ErrorCode.MESSAGE_TOO_LARGE.reason(), reason));
          case InboxMessage.Refused(var key, var origin, var failure) ->
              new InboxMessage.Refused(key, origin.withoutCorrelation(), failure);
          default -> message;
        };
    return Json.write(small).length <= InboxMessage.LARGEST
        ? new Message(small)
        : new Unreadable(bytes, reason);
  }

  /** Whether everything is there that decisions rely on; JSON knows no required fields. */
  private static boolean complete(InboxMessage message) {
    return switch (message) {
      case InboxMessage.Submitted(var job) -> there(job) && complete(job);
      case InboxMessage.Refused(var key, var origin, var failure) ->
          there(key, origin, failure) && there(origin.id(), failure.category(), failure.reason());
      case InboxMessage.CancelRequested(var key, var origin, _) ->
          there(key, origin) && there(origin.source(), origin.id(), origin.receivedAt());
      case InboxMessage.PriorityChanged(var key, var origin, _) ->
          there(key, origin) && there(origin.source(), origin.id());
      case InboxMessage.TenantDefined(var limits) ->
          there(limits) && there(limits.tenant(), limits.cohort());
      case InboxMessage.TenantRemoved(var tenant) -> there(tenant);
      case InboxMessage.TenantSuspended(var tenant, var origin) ->
          there(tenant, origin) && there(origin.source(), origin.id());
      case InboxMessage.TenantResumed(var tenant, var origin) ->
          there(tenant, origin) && there(origin.source(), origin.id());
      case InboxMessage.Observed(var seen) -> there(seen) && complete(seen);
    };
  }

  private static boolean complete(Job job) {
    return there(
            job.key(),
            job.cohort(),
            job.origin(),
            job.placement(),
            job.deadlines(),
            job.retry(),
            job.spec())
        && there(job.origin().id(), job.origin().receivedAt(), job.placement().namespace())
        && there(
            job.retry().type(),
            job.retry().onFailureRetryInterval(),
            job.retry().onSubmissionFailureRetryInterval());
  }

  private static boolean complete(Observation seen) {
    return there(seen.attempt(), seen.at())
        && there(seen.attempt().job())
        && switch (seen) {
          case Observation.Created created ->
              there(created.namespace(), created.pod(), created.uid(), created.applicationId());
          case Observation.Rejected rejected -> there(rejected.failure());
          case Observation.Pending pending -> there(pending.reason());
          case Observation.Gone gone -> there(gone.failure());
          case Observation.Started _, Observation.Executors _, Observation.Finished _ -> true;
        };
  }

  private static boolean there(@Nullable Object... values) {
    return Arrays.stream(values).allMatch(Objects::nonNull);
  }
}
