package io.firesteel.rest;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.json.JsonCodec;
import io.firesteel.rest.access.CurrentCaller;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.rest.request.RequestMessage;
import io.firesteel.status.JobQueries;
import io.firesteel.status.TenantView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads tenants, and suspends and resumes them by messages to the request topic. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "tenants")
public final class TenantsResource {

  private static final String SOURCE = "/v1/tenants";

  private final JobQueries queries;
  private final CurrentDefinitions definitions;
  private final RequestProducer producer;
  private final StatusWait statusWait;
  private final CurrentCaller caller;
  private final Clock clock;

  TenantsResource(
      JobQueries queries,
      CurrentDefinitions definitions,
      RequestProducer producer,
      StatusWait statusWait,
      CurrentCaller caller,
      Clock clock) {
    this.queries = queries;
    this.definitions = definitions;
    this.producer = producer;
    this.statusWait = statusWait;
    this.caller = caller;
    this.clock = clock;
  }

  /** The tenants that the caller may see. */
  public record TenantList(List<TenantView> items) {}

  @GET
  @Path("tenants")
  @Requires(value = Role.VIEWER, forAnyTenant = true)
  @Operation(operationId = "listTenants", summary = "Lists the tenants that the caller may see")
  public TenantList list() {
    return new TenantList(names().stream().flatMap(name -> queries.tenant(name).stream()).toList());
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(queries.tenantNames());
    names.removeIf(name -> !caller.get().grants().allow(Role.VIEWER, name));
    return names;
  }

  @GET
  @Path("tenants/{tenant}")
  @Requires(Role.VIEWER)
  @Operation(
      operationId = "getTenant",
      summary = "Shows a tenant's slots, limits, suspension and queue")
  public TenantView get(@PathParam("tenant") String tenant) {
    return queries
        .tenant(tenant)
        .orElseThrow(() -> new ProblemException(ProblemCode.TENANT_UNKNOWN));
  }

  /**
   * Who calls.
   *
   * @param roles by tenant; {@code *} stands for all tenants
   */
  public record Identity(String name, Map<String, Role> roles) {}

  @GET
  @Path("me")
  @Requires(value = Role.VIEWER, forAnyTenant = true)
  @Operation(operationId = "getIdentity", summary = "Shows who the caller is, and its roles")
  public Identity me() {
    return new Identity(caller.get().name(), caller.get().grants().byTenant());
  }

  @PUT
  @Path("tenants/{tenant}/suspension")
  @Requires(Role.OPERATOR)
  @Operation(
      operationId = "suspendTenant",
      summary = "Suspends a tenant: none of its jobs is admitted, running ones continue")
  @APIResponse(
      responseCode = "202",
      description = "The suspension is in Kafka; the tenant as this replica knows it.",
      content = @Content(schema = @Schema(implementation = TenantView.class)))
  public Response suspend(
      @PathParam("tenant") String tenant, @HeaderParam("Prefer") @Nullable String prefer) {
    return suspend(tenant, true, prefer);
  }

  @DELETE
  @Path("tenants/{tenant}/suspension")
  @Requires(Role.OPERATOR)
  @Operation(operationId = "resumeTenant", summary = "Resumes a tenant")
  @APIResponse(
      responseCode = "202",
      description = "The end of the suspension is in Kafka; the tenant as this replica knows it.",
      content = @Content(schema = @Schema(implementation = TenantView.class)))
  public Response resume(
      @PathParam("tenant") String tenant, @HeaderParam("Prefer") @Nullable String prefer) {
    return suspend(tenant, false, prefer);
  }

  private Response suspend(String tenant, boolean suspended, @Nullable String prefer) {
    if (definitions.get().tenants().find(tenant).isEmpty()) {
      throw new ProblemException(ProblemCode.TENANT_UNKNOWN);
    }
    producer.send(
        List.of(
            RequestMessage.of(
                suspended ? RequestEventType.TENANT_SUSPEND : RequestEventType.TENANT_RESUME,
                tenant,
                SOURCE,
                UUID.randomUUID().toString(),
                caller.get().name(),
                clock.instant(),
                null,
                JsonCodec.MAPPER.createObjectNode().put("tenant", tenant))));
    TenantView after =
        statusWait
            .until(
                prefer, () -> queries.tenant(tenant).filter(view -> view.suspended() == suspended))
            .or(() -> queries.tenant(tenant))
            .orElse(null);
    return Response.accepted(after).build();
  }
}
