package io.firesteel.inbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Failure;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;
import org.jspecify.annotations.Nullable;

/** An input of admission. Each may arrive more than once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InboxMessage.JobSubmitted.class, name = "submitted"),
  @JsonSubTypes.Type(value = InboxMessage.JobRejected.class, name = "refused"),
  @JsonSubTypes.Type(value = InboxMessage.CancelRequested.class, name = "cancel-requested"),
  @JsonSubTypes.Type(value = InboxMessage.PriorityChanged.class, name = "priority-changed"),
  @JsonSubTypes.Type(value = InboxMessage.TenantDefined.class, name = "tenant-defined"),
  @JsonSubTypes.Type(value = InboxMessage.TenantRemoved.class, name = "tenant-removed"),
  @JsonSubTypes.Type(value = InboxMessage.TenantSuspended.class, name = "tenant-suspended"),
  @JsonSubTypes.Type(value = InboxMessage.TenantResumed.class, name = "tenant-resumed"),
  @JsonSubTypes.Type(value = InboxMessage.TenantMoved.class, name = "tenant-moved"),
  @JsonSubTypes.Type(value = InboxMessage.JobCopied.class, name = "job-copied"),
  @JsonSubTypes.Type(value = InboxMessage.Observed.class, name = "observed")
})
public sealed interface InboxMessage {

  /**
   * The maximum size as JSON, in bytes: half of Kafka's default, which leaves room for every record
   * that admission and the cluster side derive from a message.
   */
  int MAX_BYTES = 512 << 10;

  /** An accepted request. */
  record JobSubmitted(Job job) implements InboxMessage {}

  /** A rejected request of a known tenant; it still gets its one result. */
  record JobRejected(JobKey key, Origin origin, Failure failure) implements InboxMessage {}

  /** A cancellation; the job may not have arrived yet. */
  record CancelRequested(JobKey key, Origin origin, @Nullable String reason)
      implements InboxMessage {}

  /** A new priority for a waiting job. */
  record PriorityChanged(JobKey key, Origin origin, int priority) implements InboxMessage {}

  /** The definition of a tenant, or a change of it. */
  record TenantDefined(TenantLimits limits) implements InboxMessage {}

  /** The definition of the tenant was removed. */
  record TenantRemoved(String tenant) implements InboxMessage {}

  /** Suspends a tenant: none of its jobs is admitted; running ones continue. */
  record TenantSuspended(String tenant, Origin origin) implements InboxMessage {}

  /** Ends a suspension. */
  record TenantResumed(String tenant, Origin origin) implements InboxMessage {}

  /**
   * Admission moves a tenant without unfinished jobs from its cohort to another, the key of the
   * record.
   *
   * @param controlEvent where intake read the last one that suspended or resumed the tenant
   * @param sequence number of the last event about the tenant itself
   * @param forgotten no generation of the tenant's jobs may be smaller
   */
  record TenantMoved(
      TenantLimits limits,
      boolean suspended,
      @Nullable RecordPosition controlEvent,
      long sequence,
      long forgotten)
      implements InboxMessage {}

  /**
   * Admission copies a job without a driver to the cohort to which its tenant moves.
   *
   * @param cohort in which the tenant is until it has moved
   * @param job as admission stores it
   */
  record JobCopied(JobKey key, String cohort, JsonNode job) implements InboxMessage {}

  /** An observation of the cluster side. */
  record Observed(Observation observation) implements InboxMessage {}

  /** The tenant that the message is about. */
  default String tenant() {
    return switch (this) {
      case JobSubmitted(var job) -> job.key().tenant();
      case JobRejected(var key, _, _) -> key.tenant();
      case CancelRequested(var key, _, _) -> key.tenant();
      case PriorityChanged(var key, _, _) -> key.tenant();
      case TenantDefined(var limits) -> limits.tenant();
      case TenantRemoved(var tenant) -> tenant;
      case TenantSuspended(var tenant, _) -> tenant;
      case TenantResumed(var tenant, _) -> tenant;
      case TenantMoved(var limits, _, _, _, _) -> limits.tenant();
      case JobCopied(var key, _, _) -> key.tenant();
      case Observed(var seen) -> seen.attempt().job().tenant();
    };
  }
}
