package io.firesteel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.job.Warning;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.rest.JobCommands.JobKeyHint;
import io.firesteel.rest.JobCommands.RerunChanges;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.Problem;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.rest.request.BodyReader;
import io.firesteel.rest.request.JobSubmission;
import io.firesteel.rest.request.JobSubmission.Outcome;
import io.firesteel.rest.request.RequestMessage;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
  private final JobCommands commands;
  private final RequestProducer producer;
  private final StatusWait statusWait;

  JobChangesResource(
      JobQueries queries, JobCommands commands, RequestProducer producer, StatusWait statusWait) {
    this.queries = queries;
    this.commands = commands;
    this.producer = producer;
    this.statusWait = statusWait;
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
  @RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT)),
        @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.OBJECT))
      })
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
    String source = RequestMessage.source(tenant);
    Outcome outcome =
        commands.submit(
            read(body, mediaType), new JobKeyHint(tenant, id, null), source, traceparent);
    return submit(outcome, source, dryRun, prefer);
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
  @RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT)),
        @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.OBJECT))
      })
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
    String source = RequestMessage.source(tenant);
    Outcome outcome =
        commands.submit(request, new JobKeyHint(tenant, given, key), source, traceparent);
    return submit(outcome, source, dryRun, prefer);
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

  private Response submit(Outcome outcome, String source, boolean dryRun, @Nullable String prefer) {
    return switch (outcome) {
      case Outcome.Invalid(var rejection) -> Problem.of(rejection).response();
      case Outcome.Valid valid -> {
        Optional<JobStatus> known = queries.job(valid.job().key());
        if (known.isPresent() && known.get().phase() != JobPhase.REFUSED) {
          yield JobSubmission.isSame(known.get(), valid, source)
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
  @Consumes(MediaType.WILDCARD)
  @Requires(Role.SUBMITTER)
  @Operation(operationId = "cancelJob", summary = "Cancels a job, and stops its driver")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Cancellation.class)))
  @APIResponse(
      responseCode = "202",
      description = "The cancellation is in Kafka.",
      content = @Content(schema = @Schema(implementation = Change.class)))
  public Response cancel(
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Prefer") @Nullable String prefer,
      byte @Nullable [] body) {
    Cancellation cancellation = BodyReader.read(body, Cancellation.class);
    JobStatus job = changeable(tenant, id, ifMatch);
    if (job.phase().ended()) {
      throw new ProblemException(ProblemCode.JOB_ENDED, "it ended as " + job.phase());
    }
    String reason = cancellation == null ? null : cancellation.reason();
    return change(job, commands.cancel(key(job), reason, UUID.randomUUID().toString()), prefer);
  }

  /** The new priority of a job. */
  public record JobPatch(@Nullable Integer priority) {}

  @PATCH
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobPatch.class)))
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
      byte @Nullable [] body) {
    JobPatch patch = BodyReader.read(body, JobPatch.class);
    Integer priority = patch == null ? null : patch.priority();
    if (priority == null || Math.abs(priority.longValue()) > 1_000_000) {
      throw new ProblemException(
          ProblemCode.QUERY_INVALID, "priority must be an integer from -1000000 to 1000000");
    }
    JobStatus job = changeable(tenant, id, ifMatch);
    if (job.phase() != JobPhase.WAITING) {
      throw new ProblemException(ProblemCode.JOB_NOT_WAITING, "it is " + job.phase());
    }
    return change(
        job, commands.changePriority(key(job), priority, UUID.randomUUID().toString()), prefer);
  }

  /**
   * What a re-run changes.
   *
   * @param jobId of the new job; by default made from that of the old one
   * @param parameters of the template, instead of those of the same name
   */
  public record RerunRequest(
      @Nullable String jobId,
      @Nullable Map<String, JsonNode> parameters,
      @Nullable Integer priority) {}

  @POST
  @Path("{id}/rerun")
  @Consumes(MediaType.WILDCARD)
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RerunRequest.class)))
  @Requires(Role.SUBMITTER)
  @Operation(
      operationId = "rerunJob",
      summary = "Runs an ended job again, under a new id",
      description =
          "The original request is read from Kafka and sent again without dependsOn, notBefore,"
              + " startBy and finishBy. With an Idempotency-Key, the same call again leads to the"
              + " same job.")
  @APIResponse(
      responseCode = "202",
      description = "The request is in Kafka.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "200",
      description = "The job was requested before by the same call, or this is a dry run.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  public Response rerun(
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("Prefer") @Nullable String prefer,
      byte @Nullable [] body) {
    RerunRequest request = BodyReader.read(body, RerunRequest.class);
    JobStatus job = changeable(tenant, id, null);
    if (!job.phase().ended()) {
      throw new ProblemException(ProblemCode.JOB_NOT_ENDED, "it is " + job.phase());
    }
    RerunChanges changes =
        request == null
            ? new RerunChanges(null, Map.of(), null)
            : new RerunChanges(
                request.jobId(),
                request.parameters() == null ? Map.of() : request.parameters(),
                request.priority());
    return submit(
        commands.rerun(job, changes, idempotencyKey(idempotencyKey)),
        RequestMessage.rerunSource(key(job)),
        dryRun,
        prefer);
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

  private Response change(JobStatus job, RequestMessage message, @Nullable String prefer) {
    JobKey key = key(job);
    producer.send(List.of(message));
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

  private static JobKey key(JobStatus job) {
    return new JobKey(job.tenant(), job.jobId());
  }
}
