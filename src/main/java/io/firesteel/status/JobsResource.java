package io.firesteel.status;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs over HTTP, read-only; requests arrive through Kafka. */
@Path("/v1/tenants/{tenant}/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class JobsResource {

  private static final int MAX_LIMIT = 1000;

  private final StatusTable table;

  JobsResource(StatusTable table) {
    this.table = table;
  }

  /** Up to {@code limit} jobs of a tenant by id, in one phase if the query names it. */
  @GET
  public List<JobStatus> list(
      @PathParam("tenant") String tenant,
      @QueryParam("phase") @Nullable JobPhase phase,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return table.list(
        tenant,
        status -> phase == null || status.phase() == phase,
        Math.clamp(limit, 1, MAX_LIMIT));
  }

  /** The latest state of one job. */
  @GET
  @Path("{id}")
  public JobStatus get(@PathParam("tenant") String tenant, @PathParam("id") String id) {
    return table
        .find(new JobKey(tenant, id))
        .orElseThrow(() -> new NotFoundException("no job " + id + " of tenant " + tenant));
  }
}
