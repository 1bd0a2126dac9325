package io.firesteel.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why something was not done, as one word that programs can rely on. The name stands in the {@code
 * firesteel-reason-code} header of a dead letter, the CamelCase form in {@link Failure#reason}.
 */
public enum ErrorCode {
  /** The message has no value. */
  MESSAGE_EMPTY(Kind.USER),
  /** The message, or the job that it asks for, is larger than allowed. */
  MESSAGE_TOO_LARGE(Kind.USER),
  /** The message is no JSON, or JSON of the wrong shape. */
  MESSAGE_UNREADABLE(Kind.USER),
  /** It claims to be a CloudEvent and breaks the CloudEvents rules. */
  EVENT_INVALID(Kind.USER),
  /** A CloudEvent of a type that Firesteel does not act on. */
  EVENT_TYPE_UNKNOWN(Kind.USER),
  /** Nothing says which tenant asks. */
  TENANT_MISSING(Kind.USER),
  /** No such tenant is defined. */
  TENANT_UNKNOWN(Kind.USER),
  /** The payload names another tenant than the topic does. */
  TENANT_MISMATCH(Kind.USER),
  /** A field of the request is missing, unknown or of the wrong form. */
  REQUEST_INVALID(Kind.USER),
  /** The SparkApplication spec is wrong. */
  SPEC_INVALID(Kind.USER),
  /** No such template is defined. */
  TEMPLATE_UNKNOWN(Kind.USER),
  /** A parameter is missing, unknown or of the wrong form. */
  PARAMETER_INVALID(Kind.USER),
  /** The tenant's policy does not allow it. */
  POLICY_DENIED(Kind.USER),
  /** The bucket event is none that is understood. */
  BLOB_EVENT_INVALID(Kind.USER),
  /** A bucket event matched a trigger whose job cannot be made. */
  TRIGGER_FAILED(Kind.USER),
  /** The tenant's queue is full. */
  QUEUE_FULL(Kind.CAPACITY),
  /** A fault of Firesteel itself. */
  BUG(Kind.BUG);

  /** Whose move it is. */
  public enum Kind {
    /** The sender mends the message. */
    USER,
    /** The sender tries again later. */
    CAPACITY,
    /** The operator mends Kafka, Kubernetes or the network. */
    PLATFORM,
    /** The developers mend Firesteel. */
    BUG
  }

  private final Kind kind;
  private final String reason;

  ErrorCode(Kind kind) {
    this.kind = kind;
    this.reason =
        Arrays.stream(name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }

  /** Whose move it is. */
  public Kind kind() {
    return kind;
  }

  /** The name in Kubernetes' way of writing reasons: {@code TenantUnknown}. */
  public String reason() {
    return reason;
  }
}
