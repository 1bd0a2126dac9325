package io.firesteel.rest.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.event.JobStatus;
import io.firesteel.inbox.InboxMessage.JobSubmitted;
import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.decision.MessageHandler;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.Sha256;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.StrictJson;
import io.firesteel.json.ValidationError;
import io.firesteel.json.YamlDocument;
import io.firesteel.json.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job request of a body, and decides about it as intake will when it reads it from Kafka.
 * Pure.
 *
 * @param handler intake's decision
 * @param topic the request topic
 */
public record JobSubmission(MessageHandler handler, String topic) {

  private static final ObjectWriter SORTED =
      JsonCodec.MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** The payload is below this pointer in the CloudEvent. */
  private static final String DATA = "/data";

  /** What becomes of a body. */
  public sealed interface Outcome {

    /** It is a valid request of the job. */
    record Valid(Job job, String requestId, RequestMessage message) implements Outcome {}

    /** Intake would reject it. */
    record Invalid(Rejection rejection) implements Outcome {}
  }

  /**
   * Who submits what.
   *
   * @param jobId the id in the path; null if the body or Firesteel chooses it
   * @param idempotencyKey identifies the request if there is no id; null if it identifies itself
   * @param source CloudEvents source
   */
  public record Submitted(
      String tenant,
      @Nullable String jobId,
      @Nullable String idempotencyKey,
      String source,
      String principal,
      @Nullable String traceparent) {}

  /** Reads a body as JSON, or as YAML with one document. */
  public static JsonNode read(byte[] body, @Nullable String mediaType) throws InvalidJsonException {
    boolean yaml = mediaType != null && mediaType.toLowerCase(Locale.ROOT).contains("yaml");
    if (!yaml) {
      return StrictJson.read(body);
    }
    try {
      List<YamlDocument> documents = YamlReader.read(new String(body, StandardCharsets.UTF_8));
      if (documents.size() != 1) {
        throw new InvalidBodyException(
            "has %d YAML documents; send one".formatted(documents.size()));
      }
      return documents.getFirst().tree();
    } catch (IOException e) {
      throw new InvalidBodyException("is not valid YAML at line " + YamlReader.line(e));
    }
  }

  /** The body is not what its media type says. */
  public static final class InvalidBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidBodyException(String message) {
      super(message, null, false, false);
    }
  }

  /** Decides about a body. */
  public Outcome decide(JsonNode body, Submitted by, Definitions definitions, Instant now) {
    if (!(body instanceof ObjectNode object)) {
      return invalid("", "must be an object");
    }
    ObjectNode data = object.deepCopy();
    Outcome clash = setIdentity(data, by);
    if (clash != null) {
      return clash;
    }
    String requestId =
        by.idempotencyKey() == null
            ? Sha256.of(by.tenant() + "\0" + by.jobId() + "\0" + canonical(data))
            : by.idempotencyKey();
    String key = by.tenant() + "/" + (by.jobId() == null ? requestId : by.jobId());
    RequestMessage message =
        RequestMessage.of(
            RequestEventType.JOB_REQUEST,
            key,
            by.source(),
            requestId,
            by.principal(),
            now,
            by.traceparent(),
            data);
    return switch (handler.decide(message.received(topic, now), definitions)) {
      case Decision.Accept(JobSubmitted(Job job)) -> new Outcome.Valid(job, requestId, message);
      case Decision.Accept _,
          Decision.AcceptSchedule _,
          Decision.AcceptWorkflow _,
          Decision.Ignore _,
          Decision.RejectWorkflow _,
          Decision.RejectAsk _ ->
          throw new IllegalStateException("not a job request");
      case Decision.Reject(_, Rejection rejection) -> new Outcome.Invalid(inBody(rejection));
      case Decision.DeadLetter(Rejection rejection) -> new Outcome.Invalid(inBody(rejection));
    };
  }

  /** Puts tenant and id into the body; returns why they clash with what it says. */
  private static @Nullable Outcome setIdentity(ObjectNode data, Submitted by) {
    boolean manifest = data.has("apiVersion") || data.has("kind");
    if (!manifest) {
      Outcome clash = set(data, "tenant", "/tenant", by.tenant());
      return clash != null || by.jobId() == null ? clash : set(data, "jobId", "/jobId", by.jobId());
    }
    ObjectNode metadata = child(data, "metadata");
    ObjectNode annotations = metadata == null ? null : child(metadata, "annotations");
    if (annotations == null) {
      return invalid("/metadata", "must be an object, and so must its annotations");
    }
    String at = "/metadata/annotations/firesteel.io~1";
    Outcome clash = set(annotations, "firesteel.io/tenant", at + "tenant", by.tenant());
    return clash != null || by.jobId() == null
        ? clash
        : set(annotations, "firesteel.io/job-id", at + "job-id", by.jobId());
  }

  private static @Nullable ObjectNode child(ObjectNode parent, String name) {
    if (!parent.has(name)) {
      return parent.putObject(name);
    }
    return parent.get(name) instanceof ObjectNode object ? object : null;
  }

  private static @Nullable Outcome set(
      ObjectNode object, String field, String pointer, String value) {
    JsonNode said = object.get(field);
    if (said != null && !(said.isTextual() && said.textValue().equals(value))) {
      return invalid(pointer, "must be what the path says, or be left out");
    }
    object.put(field, value);
    return null;
  }

  private static Outcome invalid(String pointer, String message) {
    return new Outcome.Invalid(
        Rejection.of(
            FailureReason.REQUEST_INVALID, List.of(new ValidationError(pointer, message))));
  }

  /** The rejection with pointers into the body instead of into the CloudEvent. */
  private static Rejection inBody(Rejection rejection) {
    if (rejection.errors().isEmpty()) {
      return rejection;
    }
    List<ValidationError> errors =
        rejection.errors().stream()
            .map(error -> new ValidationError(inBody(error.pointer()), error.message()))
            .toList();
    return Rejection.of(rejection.reason(), errors);
  }

  private static String inBody(String pointer) {
    return pointer.equals(DATA) || pointer.startsWith(DATA + "/")
        ? pointer.substring(DATA.length())
        : pointer;
  }

  private static String canonical(JsonNode data) {
    try {
      return SORTED.writeValueAsString(JsonCodec.MAPPER.convertValue(data, Object.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a job was requested by the same call. */
  public static boolean isSame(JobStatus known, Outcome.Valid again, String source) {
    return known.submitter() != null
        && known.submitter().source().equals(source)
        && known.submitter().requestId().equals(again.requestId());
  }
}
