package io.firesteel.rest.access;

import io.firesteel.rest.problem.Problem;
import io.firesteel.rest.problem.ProblemCode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who calls, and lets the call through if the caller has the role that the operation
 * requires and has not called too often. Logs every change and every denial.
 */
@ApplicationScoped
class AccessFilter {

  private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
  private static final Logger AUDIT = LoggerFactory.getLogger("io.firesteel.audit");
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final AccessConfig config;
  private final CurrentIdentityAssociation identities;
  private final CurrentCaller current;
  private final RateLimit rateLimit;

  AccessFilter(AccessConfig config, CurrentIdentityAssociation identities, CurrentCaller current) {
    this.config = config;
    this.identities = identities;
    this.current = current;
    this.rateLimit = new RateLimit(config.burst(), config.rate(), System::nanoTime);
  }

  void start(@Observes StartupEvent event) {
    if (config.open()) {
      LOG.warn(
          "The REST API is open: whoever reaches this port may read, submit, cancel and suspend for"
              + " every tenant. Unset firesteel.rest.open anywhere but on a laptop");
    }
  }

  @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
  public Uni<Response> check(ContainerRequestContext request, ResourceInfo operation) {
    return config.open()
        ? Uni.createFrom().item(check(Caller.ANYBODY, request, operation))
        : identities
            .getDeferredIdentity()
            .map(identity ->
                identity.isAnonymous()
                    ? Problem.of(ProblemCode.UNAUTHENTICATED).response()
                    : check(caller(identity), request, operation));
  }

  private Caller caller(SecurityIdentity identity) {
    return new Caller(
        identity.getPrincipal().getName(), Grants.of(identity.getRoles(), config.rolePrefix()));
  }

  private @Nullable Response check(
      Caller caller, ContainerRequestContext request, ResourceInfo operation) {
    request.setProperty(Caller.PROPERTY, caller);
    if (!rateLimit.take(caller.name())) {
      return Problem.of(ProblemCode.RATE_LIMITED).response();
    }
    Optional<ProblemCode> denied =
        AccessDecision.deny(
            caller,
            operation.getResourceMethod().getAnnotation(Requires.class),
            request.getUriInfo().getPathParameters().getFirst("tenant"),
            !READS.contains(request.getMethod()),
            request.getHeaderString("Sec-Fetch-Site"));
    if (denied.isEmpty()) {
      current.set(caller);
      return null;
    }
    return Problem.of(denied.get()).response();
  }

  /** Logs who changed what, and who was denied; never a payload. */
  @ServerResponseFilter
  public void audit(ContainerRequestContext request, ContainerResponseContext response) {
    boolean denied = response.getStatus() == 401 || response.getStatus() == 403;
    if (denied || !READS.contains(request.getMethod())) {
      Object caller = request.getProperty(Caller.PROPERTY);
      AUDIT
          .atInfo()
          .addKeyValue("principal", caller instanceof Caller known ? known.name() : "unknown")
          .addKeyValue("method", request.getMethod())
          .addKeyValue("path", request.getUriInfo().getPath())
          .addKeyValue("status", response.getStatus())
          .log(denied ? "A call was denied" : "A call was made");
    }
  }
}
