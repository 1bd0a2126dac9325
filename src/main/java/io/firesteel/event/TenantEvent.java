package io.firesteel.event;

/**
 * What became of a control event that is not about a job, or about one that nobody has heard of;
 * and the end of a tenant. {@code source} and {@code requestId} are those of the control event.
 */
public sealed interface TenantEvent {

  /**
   * Nothing more of the tenant is admitted.
   *
   * @param changed whether it was not so before
   * @param running jobs that hold a slot; they go on
   * @param waiting jobs that do not
   */
  record Suspended(String source, String requestId, boolean changed, int running, int waiting)
      implements TenantEvent {}

  /** The tenant's jobs are admitted again; else as for {@link Suspended}. */
  record Resumed(String source, String requestId, boolean changed, int running, int waiting)
      implements TenantEvent {}

  /** The tenant is not defined any more; else as for {@link Suspended}. */
  record Removed(int running, int waiting) implements TenantEvent {}

  /**
   * A control event is about a job that nobody has heard of.
   *
   * @param remembered whether it will be done when the job arrives
   */
  record JobUnknown(
      String source, String requestId, String jobId, ControlType control, boolean remembered)
      implements TenantEvent {}
}
