package io.firesteel.admission.state;

import io.firesteel.inbox.InboxMessage.TenantMoved;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What admission stores about a tenant.
 *
 * @param cohort the cohort in which its jobs are admitted, which {@code limits} may differ from
 *     until it can move
 * @param home the cohort in which its jobs are; null if that is here, at {@code cohort}
 * @param departure the move to another cohort; null if none is under way
 * @param limits null until the tenant is defined; before that, none of its jobs is admitted
 * @param removedAt when its definition was removed; null while it is defined
 * @param controlEvent where intake read the last one that suspended or resumed the tenant
 * @param used slots in use: drivers that are desired, running, or not yet known to be gone
 * @param ready jobs in the ready queue
 * @param waiting jobs without a slot, for whatever reason
 * @param arrivals jobs that ever arrived; numbers them
 * @param pass weighted count of admissions, as in stride scheduling; breaks ties of the fair share
 * @param sequence number of the last event about the tenant itself
 * @param forgotten the latest generation among its forgotten jobs; 0 if there is none
 */
@RecordBuilder
public record TenantState(
    String name,
    String cohort,
    @Nullable String home,
    @Nullable Departure departure,
    @Nullable TenantLimits limits,
    @Nullable Instant removedAt,
    boolean suspended,
    @Nullable RecordPosition controlEvent,
    int used,
    int ready,
    int waiting,
    long arrivals,
    long pass,
    long sequence,
    long forgotten)
    implements TenantStateBuilder.With {

  static final long SHARE_UNIT = 1_000_000;

  public TenantState {
    Objects.requireNonNull(name);
    Objects.requireNonNull(cohort);
  }

  /**
   * The move of a tenant to another cohort, which ends as soon as the tenant has no unfinished job.
   *
   * @param to the other cohort
   * @param copied the last job that was copied there; empty before the first
   * @param complete whether all others were; a job that ends from then on is copied when it ends
   */
  public record Departure(String to, String copied, boolean complete) {}

  public static TenantState unknown(String name, String cohort) {
    return TenantStateBuilder.builder().name(name).cohort(cohort).build();
  }

  public int maxConcurrency() {
    return limits == null || removedAt != null ? 0 : Math.max(0, limits.maxConcurrency());
  }

  public int maxQueued() {
    return limits == null ? TenantLimits.UNLIMITED : Math.max(0, limits.maxQueued());
  }

  int weight() {
    return limits == null ? 1 : Math.max(1, limits.weight());
  }

  /** Whether the tenant's own limits allow one more driver. */
  public boolean hasFreeSlot() {
    return !suspended && used < maxConcurrency();
  }

  /** Whether the tenant could use a slot of its cohort. */
  public boolean eligible() {
    return hasFreeSlot() && ready > 0;
  }

  /** Sorts eligible tenants: the lowest use of its share first, then the lowest pass. */
  public String shareKey() {
    return SortKey.ofNumber(used * SHARE_UNIT / weight()) + SortKey.ofNumber(pass) + "/" + name;
  }

  /** Defines the tenant, even after a removal. It leaves if its limits name another cohort. */
  public TenantState defined(TenantLimits defined) {
    String to = defined.cohort();
    Departure next =
        to.equals(cohort)
            ? null
            : departure != null && departure.to().equals(to)
                ? departure
                : new Departure(to, "", false);
    return with(tenant -> tenant.limits(defined).removedAt(null).departure(next));
  }

  /** Removes the definition. A tenant without one does not move. */
  public TenantState removed(Instant at) {
    return with(tenant -> tenant.removedAt(at).departure(null));
  }

  /** Whether it can move: its jobs were copied, and each has ended. */
  public boolean canMove() {
    return departure != null && departure.complete() && used == 0 && waiting == 0;
  }

  /** What remains where a tenant was: where it is now, and the numbers that must not repeat. */
  public TenantState moved(String to) {
    return with(
        tenant -> tenant.home(to).departure(null).limits(null).removedAt(null).suspended(false));
  }

  /** The tenant in the cohort to which it moved. */
  public TenantState arrived(String entered, TenantMoved moved) {
    return with(tenant ->
            tenant
                .cohort(entered)
                .home(null)
                .suspended(moved.suspended())
                .controlEvent(moved.controlEvent())
                .sequence(moved.sequence())
                .forgotten(Math.max(forgotten, moved.forgotten())))
        .defined(moved.limits());
  }

  /** Changes the counts. None becomes negative, even after a record was lost. */
  public TenantState addCounts(int usedMore, int readyMore, int waitingMore) {
    return with(tenant ->
        tenant
            .used(Math.max(0, used + usedMore))
            .ready(Math.max(0, ready + readyMore))
            .waiting(Math.max(0, waiting + waitingMore)));
  }

  /** Raises the pass to the cohort's: an idle tenant saves nothing up. */
  public TenantState catchUp(long cohortPass) {
    return withPass(Math.max(pass, cohortPass));
  }

  public TenantState served() {
    return withPass(pass + SHARE_UNIT / weight());
  }
}
