package io.firesteel.rest.problem;

/**
 * Why the REST API refused a call, as one word that programs can rely on. A request that intake
 * would reject has the reason code of its dead letter instead.
 */
public enum ProblemCode {
  /** A query parameter, a header or a body is not valid; the detail names it. */
  QUERY_INVALID(400, "The call is not valid"),
  /** The call has no token, or one that is not valid; send a bearer token. */
  UNAUTHENTICATED(401, "The call has no valid bearer token"),
  /** The token grants no role for the tenant that allows the operation. */
  FORBIDDEN(403, "The token does not allow this"),
  /** A browser made the call for another site. */
  CROSS_SITE(403, "Another site made the browser call"),
  /** No operation has this path. */
  NOT_FOUND(404, "There is no such resource"),
  /** The job is unknown, or was forgotten. */
  JOB_UNKNOWN(404, "There is no such job"),
  /** The tenant is not defined. */
  TENANT_UNKNOWN(404, "There is no such tenant"),
  /** The template is not defined, or does not allow the tenant. */
  TEMPLATE_UNKNOWN(404, "There is no such template"),
  /** The job has no attempt with this number. */
  ATTEMPT_UNKNOWN(404, "There is no such attempt"),
  /** No operation with this path has the method. */
  METHOD_NOT_ALLOWED(405, "The resource has no such method"),
  /** The operation has no representation that the caller accepts. */
  NOT_ACCEPTABLE(406, "The resource has no such representation"),
  /** A job with this id exists that was requested with other content; choose another id. */
  JOB_EXISTS(409, "A job with this id exists"),
  /** The job is over. */
  JOB_ENDED(409, "The job is over"),
  /** The job is not over, so it cannot be run again. */
  JOB_NOT_ENDED(409, "The job is not over"),
  /** The job does not wait, so its priority has no effect. */
  JOB_NOT_WAITING(409, "The job does not wait"),
  /** The driver has not started, so there is no log yet. */
  LOG_NOT_STARTED(409, "There is no log yet"),
  /** The pod is gone; the detail says where the log may be. */
  LOG_GONE(410, "The log is gone"),
  /** Kafka no longer has the record. */
  RECORD_GONE(410, "Kafka no longer has the record"),
  /** The job has changed since the caller read it; read it again. */
  PRECONDITION_FAILED(412, "The job has changed"),
  /** The body is too large. */
  BODY_TOO_LARGE(413, "The body is too large"),
  /** The body is neither JSON nor YAML. */
  MEDIA_TYPE_UNSUPPORTED(415, "The media type is not supported"),
  /** The operation is about too many jobs; narrow its filter. */
  OPERATION_TOO_LARGE(422, "Too many jobs"),
  /** The dead letter holds only the beginning of the message. */
  DEAD_LETTER_CUT(422, "The dead letter holds only the beginning of the message"),
  /** The caller calls too often; wait and try again. */
  RATE_LIMITED(429, "Too many calls"),
  /** A bug in Firesteel; report it with the worker's log. */
  BUG(500, "Internal error"),
  /** Kafka or the table of this replica is not available; try again. */
  UNAVAILABLE(503, "Firesteel cannot do this now"),
  /** The cluster of the job does not answer; try again. */
  CLUSTER_UNREACHABLE(503, "The cluster does not answer");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What went wrong, in general. */
  public String title() {
    return title;
  }
}
