package io.firesteel.event;

/**
 * The effect of a control event about a tenant or about an unknown job, or the removal of a tenant.
 * {@code source} and {@code requestId} are those of the control event.
 */
public sealed interface TenantEvent {

  /**
   * The tenant was suspended: none of its jobs is admitted.
   *
   * @param changed false if it was suspended already
   * @param running jobs that hold a slot and continue
   * @param waiting jobs without a slot
   */
  record Suspended(String source, String requestId, boolean changed, int running, int waiting)
      implements TenantEvent {}

  /** The tenant was resumed; fields as for {@link Suspended}. */
  record Resumed(String source, String requestId, boolean changed, int running, int waiting)
      implements TenantEvent {}

  /** The definition of the tenant was removed; fields as for {@link Suspended}. */
  record Removed(int running, int waiting) implements TenantEvent {}

  /**
   * A control event is about an unknown job.
   *
   * @param remembered whether it takes effect when the job arrives
   */
  record JobUnknown(
      String source, String requestId, String jobId, ControlType control, boolean remembered)
      implements TenantEvent {}
}
