package io.firesteel.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why Firesteel rejected a message, or why an attempt or a job failed, as one word that programs
 * can rely on. The {@code firesteel-reason-code} header of a dead letter holds the name; {@link
 * Failure#reason} holds the CamelCase form. A failure that the kubelet or the scheduler reports
 * keeps their own word, such as {@code OOMKilled}.
 */
public enum FailureReason {
  /** The message has no value; send JSON. */
  MESSAGE_EMPTY(FailureCategory.REQUEST),
  /** The message, or the job that it requests, is too large; put data in an object store. */
  MESSAGE_TOO_LARGE(FailureCategory.REQUEST),
  /** The message is not JSON, not a JSON object, or repeats a field; send valid JSON. */
  MESSAGE_UNREADABLE(FailureCategory.REQUEST),
  /** The message breaks the CloudEvents specification; use CloudEvents 1.0. */
  EVENT_INVALID(FailureCategory.REQUEST),
  /** Firesteel does not handle CloudEvents of this type; use a documented type. */
  EVENT_TYPE_UNKNOWN(FailureCategory.REQUEST),
  /** The request does not name a tenant; name one, or use the tenant's own topic. */
  TENANT_MISSING(FailureCategory.REQUEST),
  /** The tenant is not defined; name a defined one. */
  TENANT_UNKNOWN(FailureCategory.REQUEST),
  /** The payload and the topic name different tenants; use one tenant for both. */
  TENANT_MISMATCH(FailureCategory.REQUEST),
  /** A field of the request is missing, unknown or invalid; correct it. */
  REQUEST_INVALID(FailureCategory.REQUEST),
  /** The SparkApplication spec is invalid; correct the field that the reason names. */
  SPEC_INVALID(FailureCategory.REQUEST),
  /** The template is not defined, or does not allow the tenant; name another. */
  TEMPLATE_UNKNOWN(FailureCategory.REQUEST),
  /** A template parameter is missing, unknown or invalid; see the template. */
  PARAMETER_INVALID(FailureCategory.REQUEST),
  /** The tenant's policy does not allow the request; ask whoever defines the tenant. */
  POLICY_DENIED(FailureCategory.REQUEST),
  /** The message is not a bucket notification that Firesteel supports; see docs/definitions.md. */
  BLOB_EVENT_INVALID(FailureCategory.REQUEST),
  /** A notification matched a trigger, but the trigger's job is invalid; correct the trigger. */
  TRIGGER_FAILED(FailureCategory.REQUEST),
  /** Firesteel has a bug; report it with the worker's log. */
  BUG(FailureCategory.REQUEST),

  /** The tenant has as many waiting jobs as it may have. */
  QUEUE_FULL(FailureCategory.CAPACITY),
  /** A job for a newer version of the same object was accepted earlier. */
  OBJECT_OUTDATED(FailureCategory.REQUEST),
  /** The tenant is no longer defined. */
  TENANT_REMOVED(FailureCategory.REQUEST),
  /** Someone cancelled the job. */
  CANCELLED(FailureCategory.REQUEST),
  /** The job depends on itself, perhaps through other jobs. */
  DEPENDENCY_CYCLE(FailureCategory.DEPENDENCY),
  /** A dependency was never submitted. */
  DEPENDENCY_UNKNOWN(FailureCategory.DEPENDENCY),
  /** A dependency ended with another outcome than required. */
  DEPENDENCY_NOT_FULFILLED(FailureCategory.DEPENDENCY),
  /** The job did not start before its {@code deadline.startBy}. */
  START_BY_PASSED(FailureCategory.DEADLINE),
  /** The driver did not start within {@code deadline.startWithin}. */
  START_WITHIN_EXCEEDED(FailureCategory.DEADLINE),
  /** The driver ran for longer than {@code deadline.runWithin}. */
  RUN_WITHIN_EXCEEDED(FailureCategory.DEADLINE),
  /** The job did not end before its {@code deadline.finishBy}. */
  FINISH_BY_PASSED(FailureCategory.DEADLINE),

  /** The cluster of the job is not defined. */
  CLUSTER_UNKNOWN(FailureCategory.CONFIGURATION),
  /** The cluster's definition excludes the namespace of the job from the watched ones. */
  NAMESPACE_NOT_WATCHED(FailureCategory.CONFIGURATION),
  /** An object that does not belong to the job has the name of the job's object. */
  NAME_TAKEN(FailureCategory.CONFIGURATION),
  /** An admission webhook or policy of the cluster denied the object. */
  ADMISSION_DENIED(FailureCategory.CONFIGURATION),
  /** The API server forbids the call. */
  FORBIDDEN(FailureCategory.CONFIGURATION),
  /** The API server calls the object invalid. */
  INVALID(FailureCategory.CONFIGURATION),
  /** The namespace, or an object that the driver needs, does not exist. */
  NOT_FOUND(FailureCategory.CONFIGURATION),
  /** The object is larger than the API server accepts. */
  TOO_LARGE(FailureCategory.CONFIGURATION),
  /** The object breaks a LimitRange of the namespace. */
  LIMIT_RANGE(FailureCategory.CONFIGURATION),
  /** The object exceeds a ResourceQuota of the namespace. */
  QUOTA_EXCEEDED(FailureCategory.CAPACITY),
  /** The namespace is being deleted. */
  NAMESPACE_TERMINATING(FailureCategory.CONFIGURATION),

  /** The driver pod no longer exists, and no deletion was observed. */
  DRIVER_LOST(FailureCategory.INFRASTRUCTURE),
  /** An operator gave up the cluster of the job; its driver may still run there. */
  CLUSTER_ABANDONED(FailureCategory.INFRASTRUCTURE),
  /** Someone deleted the driver pod. */
  DRIVER_DELETED(FailureCategory.INFRASTRUCTURE),
  /** The driver pod failed without a reason of its own. */
  POD_FAILED(FailureCategory.INFRASTRUCTURE),
  /** The driver's JVM ran out of memory. */
  OUT_OF_MEMORY_ERROR(FailureCategory.OUT_OF_MEMORY);

  private final FailureCategory category;
  private final String text;

  FailureReason(FailureCategory category) {
    this.category = category;
    this.text =
        Arrays.stream(name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }

  /** The category of a failure with this reason, unless the evidence says otherwise. */
  public FailureCategory category() {
    return category;
  }

  /** The name in the CamelCase that Kubernetes uses for reasons, such as {@code TenantUnknown}. */
  public String text() {
    return text;
  }
}
