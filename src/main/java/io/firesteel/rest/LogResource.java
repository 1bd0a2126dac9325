package io.firesteel.rest;

import io.firesteel.cluster.api.DriverLogs;
import io.firesteel.cluster.api.DriverLogs.LogRange;
import io.firesteel.cluster.api.DriverLogs.OpenedLog;
import io.firesteel.event.JobStatus;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.Problem;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriBuilder;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The log of an attempt's driver, from its pod, with secrets redacted. */
@Path("/v1/tenants/{tenant}/jobs/{id}/attempts/{attempt}/log")
@RunOnVirtualThread
@Tag(name = "jobs")
public final class LogResource {

  private static final String LATEST = "latest";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final int MAX_TAIL = 100_000;
  private static final int DEFAULT_TAIL = 10_000;

  /** How many logs this replica passes on at once. */
  private static final int AT_ONCE = 100;

  private final JobQueries queries;
  private final DriverLogs logs;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  LogResource(JobQueries queries, DriverLogs logs) {
    this.queries = queries;
    this.logs = logs;
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, Problem.MEDIA_TYPE})
  @Requires(Role.VIEWER)
  @Operation(
      operationId = "getLog",
      summary = "Shows or follows the log of an attempt's driver",
      description =
          "As long as the pod exists. Lines are redacted one by one. Without a tail, the last 10,000"
              + " lines.")
  @APIResponse(
      responseCode = "200",
      description = "Lines, as they come; lines that begin with 'firesteel:' are Firesteel's own.",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class)))
  @APIResponse(
      responseCode = "409",
      description = "The driver has not started; the detail says what it waits for.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "410",
      description = "The pod is gone; the links say where else to look.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response log(
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @PathParam("attempt") @Parameter(description = "A number from 1 on, or latest.")
          String attempt,
      @QueryParam("follow") @DefaultValue("false") boolean follow,
      @QueryParam("tail") @Nullable Integer tail,
      @QueryParam("since") @Nullable String since) {
    JobStatus job =
        queries
            .job(new JobKey(tenant, id))
            .orElseThrow(() -> new ProblemException(ProblemCode.JOB_UNKNOWN));
    int number = number(job, attempt);
    LogRange range =
        new LogRange(
            follow,
            tail == null
                ? since == null ? Integer.valueOf(DEFAULT_TAIL) : null
                : Integer.valueOf(Math.clamp(tail, 0, MAX_TAIL)),
            time(since));
    if (job.namespace() == null) {
      throw new ProblemException(ProblemCode.LOG_NOT_STARTED, "the request was refused");
    }
    Attempt wanted = new Attempt(new JobKey(tenant, id), job.generation(), number);
    return switch (logs.open(job.cluster(), job.namespace(), wanted, range)) {
      case OpenedLog.Open open ->
          Response.ok(stream(open, follow), MediaType.TEXT_PLAIN)
              .header("X-Accel-Buffering", "no")
              .header("Cache-Control", "no-store")
              .header("Firesteel-Attempt", number)
              .build();
      case OpenedLog.PodGone() -> gone(job, number).response();
      case OpenedLog.NotStarted(String reason) ->
          Problem.of(ProblemCode.LOG_NOT_STARTED, reason).response();
      case OpenedLog.Unavailable(String reason) ->
          Problem.of(ProblemCode.CLUSTER_UNREACHABLE, reason).withLinks(elsewhere(job)).response();
    };
  }

  private static int number(JobStatus job, String attempt) {
    boolean latest = attempt.toLowerCase(Locale.ROOT).equals(LATEST);
    if (!latest && !NUMBER.matcher(attempt).matches()) {
      throw new ProblemException(ProblemCode.QUERY_INVALID, "attempt must be a number or latest");
    }
    if (job.attempt() == 0) {
      throw new ProblemException(
          ProblemCode.LOG_NOT_STARTED,
          "the job is %s and has had no attempt; see its explain".formatted(job.phase()));
    }
    int number = latest ? job.attempt() : Integer.parseInt(attempt);
    if (number > job.attempt()) {
      throw new ProblemException(
          ProblemCode.ATTEMPT_UNKNOWN, "its last attempt is %d".formatted(job.attempt()));
    }
    return number;
  }

  private static @Nullable Instant time(@Nullable String since) {
    try {
      return since == null ? null : OffsetDateTime.parse(since).toInstant();
    } catch (DateTimeException _) {
      throw new ProblemException(
          ProblemCode.QUERY_INVALID, "since must be an RFC 3339 time such as 2026-01-31T18:00:00Z");
    }
  }

  /** Or the pod does not exist yet. */
  private static Problem gone(JobStatus job, int number) {
    if (number == job.attempt() && !job.phase().ended() && job.driver() == null) {
      return Problem.of(ProblemCode.LOG_NOT_STARTED, "the driver's pod is being created");
    }
    String detail =
        job.links().logs() == null
            ? "the pod of attempt %d no longer exists, and no other place for logs is configured (firesteel.admission.logs-link)"
            : "the pod of attempt %d no longer exists; the log may be at the first link";
    return Problem.of(ProblemCode.LOG_GONE, detail.formatted(number)).withLinks(elsewhere(job));
  }

  private static List<String> elsewhere(JobStatus job) {
    List<String> links = new ArrayList<>();
    if (job.links().logs() != null) {
      links.add(job.links().logs());
    }
    if (job.failure() != null && job.failure().logTail() != null) {
      links.add(
          UriBuilder.fromPath("/v1/tenants/{tenant}/jobs/{id}/explain")
              .build(job.tenant(), job.jobId())
              .toString());
    }
    if (job.links().history() != null) {
      links.add(job.links().history());
    }
    return links;
  }

  private StreamingOutput stream(OpenedLog.Open open, boolean follow) {
    if (!slots.tryAcquire()) {
      close(open.source());
      throw new ProblemException(ProblemCode.RATE_LIMITED, "this replica passes on many logs now");
    }
    return output -> {
      try (InputStream bytes = open.bytes()) {
        new LogCopy(follow).copy(bytes, output);
      } finally {
        slots.release();
        close(open.source());
      }
    };
  }

  private static void close(AutoCloseable source) {
    try {
      source.close();
    } catch (Exception _) {
      // The connection is closed already.
    }
  }
}
