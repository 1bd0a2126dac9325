package io.firesteel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.intake.decision.MessageHandler;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.job.Warning;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.rest.JobSubmission.Outcome;
import io.firesteel.rest.JobSubmission.Submitted;
import io.firesteel.rest.access.CurrentCaller;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.Problem;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Submits and changes jobs, by messages to the request topic. */
@Path("/v1/tenants/{tenant}/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "jobs")
public final class JobChangesResource {

  private final JobQueries queries;
  private final CurrentDefinitions definitions;
  private final JobSubmission submission;
  private final RequestProducer producer;
  private final StatusWait statusWait;
  private final CurrentCaller caller;
  private final Clock clock;

  JobChangesResource(
      JobQueries queries,
      CurrentDefinitions definitions,
      Topics topics,
      @ConfigProperty(name = "firesteel.intake.max-message-bytes", defaultValue = "1048576")
          int maxMessageBytes,
      RequestProducer producer,
      StatusWait statusWait,
      CurrentCaller caller,
      Clock clock) {
    this.queries = queries;
    this.definitions = definitions;
    this.submission =
        new JobSubmission(
            new MessageHandler(topics.requests(), maxMessageBytes), topics.requests());
    this.producer = producer;
    this.statusWait = statusWait;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * A request that was accepted, or would be.
   *
   * @param dryRun whether nothing was sent
   * @param warnings parts of the request that have no effect
   * @param status of the job; null while this replica has not read it
   */
  public record Receipt(
      String tenant,
      String jobId,
      boolean dryRun,
      int priority,
      Placement placement,
      List<Warning> warnings,
      @Nullable JobStatus status) {}

  @PUT
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/yaml"})
  @Requires(Role.SUBMITTER)
  @Operation(
      operationId = "putJob",
      summary = "Submits a job under the caller's id",
      description =
          "The body is a job request as in docs/requests.md, or a SparkApplication manifest. The"
              + " same call again changes nothing; another body under a used id is refused.")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(
      responseCode = "202",
      description = "The request is in Kafka.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "200",
      description = "The job was requested before by the same call, or this is a dry run.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  public Response put(
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("traceparent") @Nullable String traceparent,
      @HeaderParam("Content-Type") @Nullable String mediaType,
      byte[] body) {
    Submitted by =
        new Submitted(
            tenant, id, null, RequestMessage.source(tenant), caller.get().name(), traceparent);
    return submit(read(body, mediaType), by, dryRun, prefer);
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, "application/yaml"})
  @Requires(Role.SUBMITTER)
  @Operation(
      operationId = "postJob",
      summary = "Submits a job whose id is in the body, or is chosen by Firesteel",
      description =
          "With an Idempotency-Key, the same call again leads to the same job. Without one, each"
              + " call of a body without a jobId leads to a new job.")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(
      responseCode = "202",
      description = "The request is in Kafka.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "200",
      description = "The job was requested before by the same call, or this is a dry run.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  public Response post(
      @PathParam("tenant") String tenant,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("traceparent") @Nullable String traceparent,
      @HeaderParam("Content-Type") @Nullable String mediaType,
      byte[] body) {
    JsonNode request = read(body, mediaType);
    String given = request.path("jobId").isTextual() ? request.get("jobId").textValue() : null;
    String key = given == null ? idempotencyKey(idempotencyKey) : null;
    Submitted by =
        new Submitted(
            tenant, given, key, RequestMessage.source(tenant), caller.get().name(), traceparent);
    return submit(request, by, dryRun, prefer);
  }

  private static String idempotencyKey(@Nullable String given) {
    if (given == null) {
      return UUID.randomUUID().toString();
    }
    if (given.isBlank()
        || given.length() > 255
        || !given.chars().allMatch(c -> c > 31 && c < 127)) {
      throw new ProblemException(
          ProblemCode.QUERY_INVALID, "Idempotency-Key must be 1 to 255 printable characters");
    }
    return given;
  }

  private static JsonNode read(byte[] body, @Nullable String mediaType) {
    try {
      return JobSubmission.read(body, mediaType);
    } catch (InvalidJsonException | JobSubmission.InvalidBodyException e) {
      throw new ProblemException(ProblemCode.QUERY_INVALID, "the body " + e.getMessage());
    }
  }

  private Response submit(JsonNode body, Submitted by, boolean dryRun, @Nullable String prefer) {
    return switch (submission.decide(body, by, definitions.get(), clock.instant())) {
      case Outcome.Invalid(var rejection) -> Problem.of(rejection).response();
      case Outcome.Valid valid -> {
        Optional<JobStatus> known = queries.job(valid.job().key());
        if (known.isPresent() && known.get().phase() != JobPhase.REFUSED) {
          yield JobSubmission.isSame(known.get(), valid, by.source())
              ? Response.ok(receipt(valid, dryRun, known.get())).build()
              : exists(known.get());
        }
        if (dryRun) {
          yield Response.ok(receipt(valid, true, null)).build();
        }
        yield send(valid, known.map(JobStatus::generation).orElse(-1L), prefer);
      }
    };
  }

  private static Response exists(JobStatus known) {
    return Problem.of(
            ProblemCode.JOB_EXISTS,
            "the job %s was requested before with other content and is %s; choose another id, or re-run it"
                .formatted(known.jobId(), known.phase()))
        .response();
  }

  private Response send(Outcome.Valid valid, long before, @Nullable String prefer) {
    producer.send(List.of(valid.message()));
    JobKey key = valid.job().key();
    JobStatus status = statusWait.job(key, prefer, job -> job.generation() > before).orElse(null);
    return Response.accepted(receipt(valid, false, status)).location(location(key)).build();
  }

  private static Receipt receipt(Outcome.Valid valid, boolean dryRun, @Nullable JobStatus status) {
    return new Receipt(
        valid.job().key().tenant(),
        valid.job().key().id(),
        dryRun,
        valid.job().priority(),
        valid.job().placement(),
        valid.job().warnings(),
        status);
  }

  private static URI location(JobKey key) {
    return UriBuilder.fromPath("/v1/tenants/{tenant}/jobs/{id}").build(key.tenant(), key.id());
  }

  /** Why somebody cancels a job. */
  public record Cancellation(@Nullable String reason) {}

  /**
   * A change that was sent to Kafka.
   *
   * @param status of the job after the change; null while this replica has not read it
   */
  public record Change(String tenant, String jobId, @Nullable JobStatus status) {}

  @POST
  @Path("{id}/cancel")
  @Requires(Role.SUBMITTER)
  @Operation(operationId = "cancelJob", summary = "Cancels a job, and stops its driver")
  @APIResponse(
      responseCode = "202",
      description = "The cancellation is in Kafka.",
      content = @Content(schema = @Schema(implementation = Change.class)))
  public Response cancel(
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Nullable Cancellation cancellation) {
    JobStatus job = changeable(tenant, id, ifMatch);
    if (job.phase().ended()) {
      throw new ProblemException(ProblemCode.JOB_ENDED, "it ended as " + job.phase());
    }
    String reason = cancellation == null ? null : cancellation.reason();
    var data = JsonCodec.MAPPER.createObjectNode().put("tenant", tenant).put("jobId", id);
    if (reason != null && !reason.isBlank()) {
      data.put("reason", reason.length() > 1024 ? reason.substring(0, 1024) : reason);
    }
    return change(job, RequestEventType.JOB_CANCEL, data, prefer);
  }

  /** The new priority of a job. */
  public record JobPatch(@Nullable Integer priority) {}

  @PATCH
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Requires(Role.SUBMITTER)
  @Operation(operationId = "patchJob", summary = "Changes the priority of a job that waits")
  @APIResponse(
      responseCode = "202",
      description = "The change is in Kafka.",
      content = @Content(schema = @Schema(implementation = Change.class)))
  public Response patch(
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Prefer") @Nullable String prefer,
      JobPatch patch) {
    Integer priority = patch == null ? null : patch.priority();
    if (priority == null || Math.abs(priority.longValue()) > 1_000_000) {
      throw new ProblemException(
          ProblemCode.QUERY_INVALID, "priority must be an integer from -1000000 to 1000000");
    }
    JobStatus job = changeable(tenant, id, ifMatch);
    if (job.phase() != JobPhase.WAITING) {
      throw new ProblemException(ProblemCode.JOB_NOT_WAITING, "it is " + job.phase());
    }
    var data =
        JsonCodec.MAPPER
            .createObjectNode()
            .put("tenant", tenant)
            .put("jobId", id)
            .put("priority", priority);
    return change(job, RequestEventType.JOB_PRIORITY, data, prefer);
  }

  private JobStatus changeable(String tenant, String id, @Nullable String ifMatch) {
    JobStatus job =
        queries
            .job(new JobKey(tenant, id))
            .orElseThrow(() -> new ProblemException(ProblemCode.JOB_UNKNOWN));
    String tag = "\"" + JobsResource.tag(job).getValue() + "\"";
    if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(tag)) {
      throw new ProblemException(ProblemCode.PRECONDITION_FAILED, "its ETag is now " + tag);
    }
    return job;
  }

  private Response change(
      JobStatus job, RequestEventType type, JsonNode data, @Nullable String prefer) {
    JobKey key = new JobKey(job.tenant(), job.jobId());
    producer.send(
        List.of(
            RequestMessage.of(
                type,
                key.toString(),
                RequestMessage.source(key.tenant()),
                UUID.randomUUID().toString(),
                caller.get().name(),
                clock.instant(),
                null,
                data)));
    JobStatus after =
        statusWait
            .job(
                key,
                prefer,
                now -> now.generation() > job.generation() || now.sequence() > job.sequence())
            .orElse(null);
    return Response.accepted(new Change(key.tenant(), key.id(), after))
        .location(location(key))
        .build();
  }
}
