package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.KeyLayout;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removed tenants, by the time at which their waiting jobs are cancelled. */
public final class RemovalQueue {

  private static final int MAX_TENANTS = 100;

  private final AdmissionStore store;
  private final Duration wait;

  public RemovalQueue(AdmissionStore admissionStore, Duration wait) {
    this.store = admissionStore;
    this.wait = wait;
  }

  /** Adds a tenant that was removed; any other is ignored. */
  public void add(TenantState tenant) {
    String member = member(tenant);
    if (member != null) {
      store.add(KeyLayout.removals(), member);
    }
  }

  /** Removes a tenant that is defined again, or whose jobs are cancelled. */
  public void remove(TenantState tenant) {
    String member = member(tenant);
    if (member != null) {
      store.remove(KeyLayout.removals(), member);
    }
  }

  /** Up to 100 tenants whose waiting jobs are to be cancelled now. */
  public List<TenantState> overdue(Instant now) {
    String until = SortKey.ofTimeFloor(now);
    List<TenantState> overdue = new ArrayList<>();
    for (String member : store.list(KeyLayout.removals(), MAX_TENANTS)) {
      if (!SortKey.isDue(member, until)) {
        break;
      }
      TenantState tenant = store.get(Table.TENANTS, member.substring(member.indexOf('/') + 1));
      if (tenant != null && member.equals(member(tenant))) {
        overdue.add(tenant);
      } else {
        replace(member, tenant);
      }
    }
    return overdue;
  }

  /** An entry from before the setting changed would stay, since no tenant has it as its own. */
  private void replace(String stale, @Nullable TenantState tenant) {
    store.remove(KeyLayout.removals(), stale);
    if (tenant != null) {
      add(tenant);
    }
  }

  private @Nullable String member(TenantState tenant) {
    Instant end = Timers.plusOrNever(tenant.removedAt(), wait);
    return end == null ? null : SortKey.ofTime(end) + "/" + tenant.name();
  }
}
