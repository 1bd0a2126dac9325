package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.job.JobKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue of each tenant: highest priority first, then in the order of arrival. */
public final class ReadyQueue {

  /** Further back than so many priorities or jobs, nobody counts. */
  private static final int MAX_POSITION = 100;

  private final AdmissionStore store;

  public ReadyQueue(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Takes the job out or puts it in, wherever it stands after a change. */
  public void update(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    String left = member(before);
    String entered = member(after);
    if (before != null && left != null && !left.equals(entered)) {
      store.remove(group(before.key().tenant()), left);
      addToCount(before, -1);
    }
    if (after != null && entered != null && !entered.equals(left)) {
      store.add(group(after.key().tenant()), entered);
      addToCount(after, 1);
    }
  }

  /** Who is next of a tenant. */
  @Nullable
  public JobKey first(String tenant) {
    String member = store.first(group(tenant));
    return member == null ? null : new JobKey(tenant, member.substring(member.indexOf('/') + 1));
  }

  /** The place of a job that stands in the queue, counted from 1; null if it is far back. */
  @Nullable
  public Long position(TrackedJob job) {
    String tenant = job.key().tenant();
    String own = SortKey.ofPriority(job.head().priority());
    List<String> classes = store.list(priorities(tenant), MAX_POSITION);
    if (classes.size() == MAX_POSITION && classes.getLast().compareTo(own) < 0) {
      return null;
    }
    long ahead = 0;
    for (String priority : classes) {
      if (priority.compareTo(own) < 0) {
        ahead += queueLength(tenant, priority);
      }
    }
    return positionWithinPriority(job, ahead, queueLength(tenant, own));
  }

  private @Nullable Long positionWithinPriority(TrackedJob job, long ahead, long inClass) {
    if (arrivedLast(job)) {
      return ahead + inClass;
    }
    String member = member(job);
    int place = store.list(group(job.key().tenant()), MAX_POSITION).indexOf(member);
    return place < 0 ? null : Long.valueOf(place + 1);
  }

  /** Whoever arrived last stands last among those of the same priority. */
  private boolean arrivedLast(TrackedJob job) {
    TenantState tenantState = store.get(Table.TENANTS, job.key().tenant());
    return tenantState != null && tenantState.arrivals() == job.head().arrival();
  }

  private void addToCount(TrackedJob job, int more) {
    String tenant = job.key().tenant();
    String priority = SortKey.ofPriority(job.head().priority());
    long now = queueLength(tenant, priority) + more;
    if (now == 0) {
      store.delete(Table.QUEUE_LENGTHS, tenant + "/" + priority);
      store.remove(priorities(tenant), priority);
    } else {
      store.put(Table.QUEUE_LENGTHS, tenant + "/" + priority, now);
      if (more == now) {
        store.add(priorities(tenant), priority);
      }
    }
  }

  private long queueLength(String tenant, String priority) {
    Long count = store.get(Table.QUEUE_LENGTHS, tenant + "/" + priority);
    return count == null ? 0 : count;
  }

  private static @Nullable String member(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Queued
        ? SortKey.ofPriority(job.head().priority())
            + SortKey.ofNumber(job.head().arrival())
            + "/"
            + job.key().id()
        : null;
  }

  private static String group(String tenant) {
    return "q/" + tenant + "/";
  }

  private static String priorities(String tenant) {
    return "p/" + tenant + "/";
  }
}
