package io.firesteel.inbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.firesteel.job.Failure;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.TenantLimits;
import org.jspecify.annotations.Nullable;

/** Something admission must know. Every one of them may arrive more than once. */
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
  @JsonSubTypes.Type(value = InboxMessage.Observed.class, name = "observed")
})
public sealed interface InboxMessage {

  /**
   * The most bytes that one has as JSON. Half of what Kafka takes by default leaves room for all
   * that admission and the cluster side write because of it.
   */
  int LARGEST = 512 << 10;

  /** A request that was understood and allowed. */
  record JobSubmitted(Job job) implements InboxMessage {}

  /** A request whose sender is known but which may not run; it still gets its one result. */
  record JobRejected(JobKey key, Origin origin, Failure failure) implements InboxMessage {}

  /** Somebody wants a job ended; it may not even have arrived. */
  record CancelRequested(JobKey key, Origin origin, @Nullable String reason)
      implements InboxMessage {}

  /** A waiting job moves in its tenant's queue. */
  record PriorityChanged(JobKey key, Origin origin, int priority) implements InboxMessage {}

  /** The limits of a tenant from now on. */
  record TenantDefined(TenantLimits limits) implements InboxMessage {}

  /** Nobody defines the tenant any more. */
  record TenantRemoved(String tenant) implements InboxMessage {}

  /** Nothing more of this tenant is admitted; what runs goes on. */
  record TenantSuspended(String tenant, Origin origin) implements InboxMessage {}

  /** Ends a suspension. */
  record TenantResumed(String tenant, Origin origin) implements InboxMessage {}

  /** What the cluster side saw. */
  record Observed(Observation observation) implements InboxMessage {}

  /** Whose matter it is. */
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
      case Observed(var seen) -> seen.attempt().job().tenant();
    };
  }
}
