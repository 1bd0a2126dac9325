package io.firesteel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.event.JobStatus;
import io.firesteel.intake.decision.MessageHandler;
import io.firesteel.intake.request.EnvelopeReader;
import io.firesteel.intake.request.EnvelopeResult;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.JobKey;
import io.firesteel.job.RecordPosition;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.rest.access.CurrentCaller;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.rest.request.JobSubmission;
import io.firesteel.rest.request.JobSubmission.Outcome;
import io.firesteel.rest.request.JobSubmission.Submitted;
import io.firesteel.rest.request.RequestMessage;
import io.firesteel.rest.request.Rerun;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the messages by which callers submit and change jobs; sends none. Thread-safe. */
@Singleton
class JobCommands {

  private static final int MAX_REASON = 1024;

  private final CurrentDefinitions definitions;
  private final JobSubmission submission;
  private final TopicReads topicReads;
  private final CurrentCaller caller;
  private final Clock clock;

  JobCommands(
      CurrentDefinitions definitions,
      Topics topics,
      @ConfigProperty(name = "firesteel.intake.max-message-bytes", defaultValue = "1048576")
          int maxMessageBytes,
      TopicReads topicReads,
      CurrentCaller caller,
      Clock clock) {
    this.definitions = definitions;
    this.submission =
        new JobSubmission(
            new MessageHandler(topics.requests(), maxMessageBytes), topics.requests());
    this.topicReads = topicReads;
    this.caller = caller;
    this.clock = clock;
  }

  /** What becomes of a body that the caller submits. */
  Outcome submit(JsonNode body, JobKeyHint job, String source, @Nullable String traceparent) {
    Submitted by =
        new Submitted(
            job.tenant(), job.id(), job.idempotencyKey(), source, caller.get().name(), traceparent);
    return submission.decide(body, by, definitions.get(), clock.instant());
  }

  /**
   * The job that a caller submits.
   *
   * @param id null if the body or Firesteel chooses it
   * @param idempotencyKey identifies the request if there is no id; null if it identifies itself
   */
  record JobKeyHint(String tenant, @Nullable String id, @Nullable String idempotencyKey) {}

  /**
   * The message that cancels a job.
   *
   * @param id of the message; the same for a repetition
   */
  RequestMessage cancel(JobKey job, @Nullable String reason, String id) {
    ObjectNode data = data(job);
    if (reason != null && !reason.isBlank()) {
      data.put("reason", reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
    }
    return control(RequestEventType.JOB_CANCEL, job, id, data);
  }

  /** The message that changes the priority of a job. */
  RequestMessage changePriority(JobKey job, int priority, String id) {
    return control(RequestEventType.JOB_PRIORITY, job, id, data(job).put("priority", priority));
  }

  private static ObjectNode data(JobKey job) {
    return JsonCodec.MAPPER.createObjectNode().put("tenant", job.tenant()).put("jobId", job.id());
  }

  private RequestMessage control(RequestEventType type, JobKey job, String id, ObjectNode data) {
    return RequestMessage.of(
        type,
        job.toString(),
        RequestMessage.source(job.tenant()),
        id,
        caller.get().name(),
        clock.instant(),
        null,
        data);
  }

  /**
   * What a re-run changes.
   *
   * @param jobId of the new job; null if Firesteel chooses it
   * @param parameters replace those of the same name
   * @param priority null for the one of the original request
   */
  record RerunChanges(
      @Nullable String jobId, Map<String, JsonNode> parameters, @Nullable Integer priority) {}

  /**
   * What becomes of a request to run a job again.
   *
   * @param call identifies the call; the same for a repetition, which leads to the same job
   */
  Outcome rerun(JobStatus job, RerunChanges changes, String call) {
    JobKey original = new JobKey(job.tenant(), job.jobId());
    String id = changes.jobId() == null ? Rerun.id(job, call) : changes.jobId();
    return submit(
        request(job, changes),
        new JobKeyHint(job.tenant(), id, null),
        RequestMessage.rerunSource(original),
        null);
  }

  private ObjectNode request(JobStatus job, RerunChanges changes) {
    RecordPosition record = job.submitter() == null ? null : job.submitter().record();
    if (record == null) {
      throw gone("nobody knows where its request is");
    }
    if (job.template() != null && job.parameters() != null && isTrigger(job)) {
      return Rerun.request(job, changes.parameters(), changes.priority());
    }
    ConsumerRecord<byte[], byte[]> message =
        topicReads
            .at(record.topic(), record.partition(), record.offset())
            .orElseThrow(() -> gone("its request was at " + record));
    return switch (EnvelopeReader.read(received(message))) {
      case EnvelopeResult.ValidEnvelope(var envelope) when envelope.data().isObject() ->
          Rerun.request(envelope, changes.parameters(), changes.priority());
      default -> throw gone("the record at " + record + " is not its request");
    };
  }

  private static boolean isTrigger(JobStatus job) {
    return job.submitter() != null && job.submitter().source().startsWith("/buckets/");
  }

  private static ProblemException gone(String why) {
    return new ProblemException(
        ProblemCode.RECORD_GONE, why + "; submit the job again under a new id");
  }

  private static ReceivedMessage received(ConsumerRecord<byte[], byte[]> message) {
    Instant at = Instant.ofEpochMilli(message.timestamp());
    return new ReceivedMessage(
        message.topic(),
        message.partition(),
        message.offset(),
        at,
        at,
        message.headers(),
        message.key(),
        message.value());
  }
}
