package io.firesteel.rest;

import io.firesteel.cluster.api.ClusterConnections;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.JobStatus.AttemptStatus;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.JobKey;
import io.firesteel.rest.access.CurrentCaller;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.explain.Explainer;
import io.firesteel.rest.explain.Explanation;
import io.firesteel.rest.explain.JobFacts;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobFilter;
import io.firesteel.status.JobOrder;
import io.firesteel.status.JobQueries;
import io.firesteel.status.JobSummary;
import io.firesteel.tenant.Clusters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads jobs. */
@Path("/v1/tenants/{tenant}/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "jobs")
public final class JobsResource {

  private final JobQueries queries;
  private final ClusterConnections clusters;
  private final CurrentCaller caller;
  private final Clock clock;

  JobsResource(JobQueries queries, ClusterConnections clusters, CurrentCaller caller, Clock clock) {
    this.queries = queries;
    this.clusters = clusters;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * A page of jobs.
   *
   * @param nextCursor null on the last page
   * @param count of all jobs that match; null unless asked for
   * @param position of the stream of changes that continues this page
   */
  public record JobList(
      List<JobSummary> items, @Nullable String nextCursor, @Nullable Long count, String position) {}

  @GET
  @Requires(Role.VIEWER)
  @Operation(operationId = "listJobs", summary = "Lists jobs, those that changed last first")
  public JobList list(@PathParam("tenant") String tenant, @BeanParam ListQuery query) {
    JobFilter filter = query.filter(caller.get().name());
    JobOrder order = query.order();
    JobOrder.Place after =
        query.cursor == null ? null : Cursor.read(query.cursor, tenant, filter, order);
    String position = queries.position().toString();
    int limit = query.limit();
    List<JobSummary> found = queries.list(tenant, filter, order, after, limit + 1);
    List<JobSummary> items = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit
            ? Cursor.after(order.place(items.getLast()), tenant, filter, order)
            : null;
    return new JobList(items, next, query.count ? queries.count(tenant, filter) : null, position);
  }

  @GET
  @Path("{id}")
  @Requires(Role.VIEWER)
  @Operation(operationId = "getJob", summary = "Shows a job, with its reason for waiting as of now")
  @APIResponse(
      responseCode = "200",
      description = "The job; its ETag serves for If-Match.",
      content = @Content(schema = @Schema(implementation = JobStatus.class)))
  public Response get(@PathParam("tenant") String tenant, @PathParam("id") String id) {
    JobStatus job = job(tenant, id);
    return Response.ok(job).tag(tag(job)).build();
  }

  /** The attempts of a job: those before, and the current or last one. */
  public record AttemptList(List<AttemptStatus> items) {}

  @GET
  @Path("{id}/attempts")
  @Requires(Role.VIEWER)
  @Operation(operationId = "listAttempts", summary = "Lists the last attempts of a job, in order")
  public AttemptList attempts(@PathParam("tenant") String tenant, @PathParam("id") String id) {
    JobStatus job = job(tenant, id);
    List<AttemptStatus> attempts = new ArrayList<>(job.attempts());
    if (attempts.isEmpty() || attempts.getLast().number() < job.attempt()) {
      if (job.attempt() > 0) {
        attempts.add(AttemptStatus.of(job.attempt(), job.driver(), job.timeline(), job.failure()));
      }
    }
    return new AttemptList(attempts);
  }

  @GET
  @Path("{id}/explain")
  @Requires(Role.VIEWER)
  @Operation(
      operationId = "explainJob",
      summary = "Says why a job waits or failed as of now, and what to do")
  public Explanation explain(@PathParam("tenant") String tenant, @PathParam("id") String id) {
    JobStatus job = job(tenant, id);
    List<JobSummary> ahead = new ArrayList<>();
    WaitingStatus waiting = job.waiting();
    if (waiting != null && waiting.reason().queued()) {
      for (JobSummary queued : queries.queue(tenant)) {
        if (queued.jobId().equals(id)) {
          break;
        }
        ahead.add(queued);
      }
    }
    Map<String, JobPhase> dependencies = new HashMap<>();
    for (String other : waiting == null ? List.<String>of() : waiting.jobs()) {
      queries
          .job(new JobKey(tenant, other))
          .ifPresent(status -> dependencies.put(other, status.phase()));
    }
    return Explainer.explain(
        new JobFacts(
            job,
            queries.tenant(tenant).orElse(null),
            queries.cohort(job.cohort()),
            ahead,
            queries.active(tenant),
            dependencies,
            clusters.unreachableSince(Clusters.nameOf(job.cluster())).orElse(null)),
        clock.instant());
  }

  private JobStatus job(String tenant, String id) {
    return queries
        .job(new JobKey(tenant, id))
        .orElseThrow(() -> new ProblemException(ProblemCode.JOB_UNKNOWN));
  }

  /** Changes with every event of the job. */
  static EntityTag tag(JobStatus job) {
    return new EntityTag(job.generation() + "-" + job.sequence());
  }
}
