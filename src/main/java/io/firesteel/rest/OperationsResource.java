package io.firesteel.rest;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.firesteel.job.Sha256;
import io.firesteel.rest.JobCommands.RerunChanges;
import io.firesteel.rest.access.CurrentCaller;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.Problem;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.rest.request.BodyReader;
import io.firesteel.rest.request.JobSubmission.Outcome;
import io.firesteel.rest.request.RequestMessage;
import io.firesteel.status.JobFilter;
import io.firesteel.status.JobOrder;
import io.firesteel.status.JobQueries;
import io.firesteel.status.JobSummary;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Changes all jobs that match a filter. The answer comes when every message is in Kafka. A call
 * that was interrupted can be repeated with the same Idempotency-Key: what was done is not done
 * twice.
 */
@Path("/v1/tenants/{tenant}/operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "jobs")
public final class OperationsResource {

  private static final int MAX_JOBS = 10_000;
  private static final int MAX_RERUNS = 500;
  private static final int BATCH = 500;
  private static final int MAX_SHOWN = 100;

  private final JobQueries queries;
  private final JobCommands commands;
  private final RequestProducer producer;
  private final CurrentCaller caller;

  OperationsResource(
      JobQueries queries, JobCommands commands, RequestProducer producer, CurrentCaller caller) {
    this.queries = queries;
    this.commands = commands;
    this.producer = producer;
    this.caller = caller;
  }

  /** What to do with each job. */
  public enum Verb {
    /** Cancel jobs that have not ended. */
    CANCEL,
    /** Run ended jobs again; without phases in the filter, those that did not succeed. */
    RERUN,
    /** Change the priority of jobs that wait. */
    PRIORITY
  }

  /** Which jobs; the conditions are those of a list. At least one must be given. */
  public record Filter(
      @Nullable Set<String> jobIds,
      @Nullable Set<JobPhase> phases,
      @Nullable Map<String, String> labels,
      @Nullable String template,
      @Nullable String q,
      @Nullable String submitter,
      @Nullable Instant since,
      @Nullable Instant until) {}

  /**
   * An operation.
   *
   * @param dryRun whether only to count
   * @param reason of a cancellation
   * @param priority the new one
   */
  public record OperationRequest(
      Verb verb,
      Filter filter,
      @Nullable Boolean dryRun,
      @Nullable String reason,
      @Nullable Integer priority) {}

  /**
   * What was done.
   *
   * @param id repeats the operation, as Idempotency-Key
   * @param matched jobs that match and that the verb applies to
   * @param sent messages in Kafka; 0 in a dry run
   * @param jobs the first ids
   * @param failed why some were left out, the first ones
   */
  public record OperationResult(
      String id,
      Verb verb,
      boolean dryRun,
      int matched,
      int sent,
      List<String> jobs,
      List<FailedJob> failed) {}

  /** A job to which the operation was not applied. */
  public record FailedJob(String jobId, String code, @Nullable String detail) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = OperationRequest.class)))
  @Requires(Role.SUBMITTER)
  @Operation(
      operationId = "postOperation",
      summary = "Cancels, re-runs or moves all jobs that match a filter, or counts them")
  @APIResponse(
      responseCode = "202",
      description = "All messages are in Kafka.",
      content = @Content(schema = @Schema(implementation = OperationResult.class)))
  @APIResponse(
      responseCode = "200",
      description = "A dry run: what would be done.",
      content = @Content(schema = @Schema(implementation = OperationResult.class)))
  public Response post(
      @PathParam("tenant") String tenant,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      byte @Nullable [] body) {
    OperationRequest request = BodyReader.read(body, OperationRequest.class);
    if (request == null || request.verb() == null || request.filter() == null) {
      throw invalid("verb and filter are required");
    }
    if (request.verb() == Verb.PRIORITY && request.priority() == null) {
      throw invalid("priority is required for this verb");
    }
    boolean dryRun = Boolean.TRUE.equals(request.dryRun());
    List<JobSummary> jobs = select(tenant, request);
    String id = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
    List<FailedJob> failed = new ArrayList<>();
    int sent = dryRun ? 0 : send(request, jobs, id, failed);
    List<String> shown = jobs.stream().limit(MAX_SHOWN).map(JobSummary::jobId).toList();
    OperationResult result =
        new OperationResult(
            id,
            request.verb(),
            dryRun,
            jobs.size(),
            sent,
            shown,
            failed.stream().limit(MAX_SHOWN).toList());
    return Response.status(dryRun ? Response.Status.OK : Response.Status.ACCEPTED)
        .entity(result)
        .build();
  }

  private List<JobSummary> select(String tenant, OperationRequest request) {
    JobFilter filter = filter(request.filter());
    if (filter.equals(JobFilter.ALL)) {
      throw invalid("the filter has no condition; give one, such as all phases that are meant");
    }
    int most = request.verb() == Verb.RERUN ? MAX_RERUNS : MAX_JOBS;
    List<JobSummary> jobs =
        queries.list(tenant, filter, JobOrder.SUBMITTED_LAST, null, Integer.MAX_VALUE).stream()
            .filter(job -> applies(request.verb(), job.phase(), filter))
            .limit(most + 1L)
            .toList();
    if (jobs.size() > most) {
      throw new ProblemException(
          ProblemCode.OPERATION_TOO_LARGE,
          "more than %d jobs match; narrow the filter, for example by since and until"
              .formatted(most));
    }
    return jobs;
  }

  private JobFilter filter(Filter filter) {
    return new JobFilter(
        filter.jobIds() == null ? Set.of() : filter.jobIds(),
        filter.phases() == null ? Set.of() : filter.phases(),
        filter.labels() == null ? Map.of() : filter.labels(),
        filter.template(),
        filter.q(),
        "@me".equals(filter.submitter()) ? caller.get().name() : filter.submitter(),
        filter.since(),
        filter.until());
  }

  /** Whether a verb applies to jobs in a phase. */
  static boolean applies(Verb verb, JobPhase phase, JobFilter filter) {
    return switch (verb) {
      case CANCEL -> !phase.ended() && phase != JobPhase.STOPPING;
      case PRIORITY -> phase == JobPhase.WAITING;
      case RERUN -> phase.ended() && (phase != JobPhase.SUCCEEDED || !filter.phases().isEmpty());
    };
  }

  private int send(
      OperationRequest request, List<JobSummary> jobs, String id, List<FailedJob> failed) {
    int sent = 0;
    List<RequestMessage> batch = new ArrayList<>();
    for (JobSummary job : jobs) {
      message(request, job, id, failed).ifPresent(batch::add);
      if (batch.size() == BATCH) {
        producer.send(batch);
        sent += batch.size();
        batch.clear();
      }
    }
    producer.send(batch);
    return sent + batch.size();
  }

  private Optional<RequestMessage> message(
      OperationRequest request, JobSummary job, String operation, List<FailedJob> failed) {
    JobKey key = new JobKey(job.tenant(), job.jobId());
    String id = Sha256.of(operation + "\0" + key);
    return switch (request.verb()) {
      case CANCEL -> Optional.of(commands.cancel(key, request.reason(), id));
      case PRIORITY -> {
        int priority = request.priority() == null ? 0 : request.priority();
        yield Optional.of(commands.changePriority(key, priority, id));
      }
      case RERUN -> rerun(key, request, operation, failed);
    };
  }

  private Optional<RequestMessage> rerun(
      JobKey key, OperationRequest request, String operation, List<FailedJob> failed) {
    try {
      JobStatus job =
          queries.job(key).orElseThrow(() -> new ProblemException(ProblemCode.JOB_UNKNOWN));
      return switch (commands.rerun(
          job, new RerunChanges(null, Map.of(), request.priority()), operation)) {
        case Outcome.Valid valid -> Optional.of(valid.message());
        case Outcome.Invalid(var rejection) -> throw new ProblemException(Problem.of(rejection));
      };
    } catch (ProblemException e) {
      failed.add(new FailedJob(key.id(), e.problem().code(), e.problem().detail()));
      return Optional.empty();
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.QUERY_INVALID, detail);
  }
}
