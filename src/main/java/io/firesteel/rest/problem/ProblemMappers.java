package io.firesteel.rest.problem;

import com.fasterxml.jackson.core.JacksonException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.apache.kafka.common.KafkaException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of everything that ends a call. */
@Singleton
class ProblemMappers {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    return e.problem().response();
  }

  /** A token that is expired, malformed or signed by somebody else. */
  @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
  public Response unauthenticated(SecurityException e) {
    return Problem.of(ProblemCode.UNAUTHENTICATED).response();
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    ProblemCode code =
        switch (status) {
          case 401 -> ProblemCode.UNAUTHENTICATED;
          case 403 -> ProblemCode.FORBIDDEN;
          case 404 -> ProblemCode.NOT_FOUND;
          case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
          case 406 -> ProblemCode.NOT_ACCEPTABLE;
          case 413 -> ProblemCode.BODY_TOO_LARGE;
          case 415 -> ProblemCode.MEDIA_TYPE_UNSUPPORTED;
          default -> status >= 500 ? ProblemCode.BUG : ProblemCode.QUERY_INVALID;
        };
    return Problem.of(code).response();
  }

  /** A body that is not JSON, or not of the operation's form; its text may be secret. */
  @ServerExceptionMapper
  public Response json(JacksonException e) {
    var where = e.getLocation();
    String place =
        where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    return Problem.of(ProblemCode.QUERY_INVALID, "the body is not as documented" + place)
        .response();
  }

  /** Kafka does not answer, or the local table is being restored. */
  @ServerExceptionMapper
  public Response kafka(KafkaException e) {
    return Problem.of(ProblemCode.UNAVAILABLE, "Kafka does not answer, or this replica starts")
        .response();
  }

  /** Anything else is a bug. The message of an exception may quote payload, so it is left out. */
  @ServerExceptionMapper
  public Response bug(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    LOG.atError()
        .addKeyValue("cause", e.getClass().getName())
        .addKeyValue("at", trace.length == 0 ? "?" : trace[0])
        .log("A call of the REST API failed");
    return Problem.of(ProblemCode.BUG, "report it with the worker's log").response();
  }
}
