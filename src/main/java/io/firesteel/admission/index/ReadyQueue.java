package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.KeyLayout;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.job.JobKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each tenant's queue of jobs that could start: highest priority first, then by arrival. */
public final class ReadyQueue {

  /** Priorities and jobs that {@link #position} reads at most. */
  private static final int MAX_POSITION = 100;

  /** An entry begins with its priority. */
  private static final int PRIORITY_LENGTH = SortKey.ofPriority(0).length();

  private final AdmissionStore store;

  public ReadyQueue(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Moves a job to the place that follows from its state and priority. */
  public void update(@Nullable TrackedJob before, TrackedJob after) {
    String left = member(before);
    String entered = member(after);
    if (before != null && left != null && !left.equals(entered)) {
      store.remove(KeyLayout.readyQueue(before.key().tenant()), left);
      addToCount(before.key().tenant(), priority(before), -1);
    }
    if (entered != null && !entered.equals(left)) {
      store.add(KeyLayout.readyQueue(after.key().tenant()), entered);
      addToCount(after.key().tenant(), priority(after), 1);
    }
  }

  /** The tenant's next job; null if none is queued. */
  @Nullable
  public JobKey first(String tenant) {
    String member = store.first(KeyLayout.readyQueue(tenant));
    return member == null ? null : new JobKey(tenant, member.substring(member.indexOf('/') + 1));
  }

  /** Removes the first entry, whose job is not in the queue. */
  public void removeFirst(String tenant) {
    String member = store.first(KeyLayout.readyQueue(tenant));
    if (member != null) {
      store.remove(KeyLayout.readyQueue(tenant), member);
      addToCount(tenant, member.substring(0, PRIORITY_LENGTH), -1);
    }
  }

  /** The position of a queued job, from 1; null if it is too far back to count. */
  @Nullable
  public Long position(TrackedJob job) {
    String tenant = job.key().tenant();
    String own = priority(job);
    List<String> classes = store.list(KeyLayout.priorities(tenant), MAX_POSITION);
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
    int place = store.list(KeyLayout.readyQueue(job.key().tenant()), MAX_POSITION).indexOf(member);
    return place < 0 ? null : Long.valueOf(place + 1);
  }

  /** The latest arrival is the last one of its priority. */
  private boolean arrivedLast(TrackedJob job) {
    TenantState tenantState = store.get(Table.TENANTS, job.key().tenant());
    return tenantState != null && tenantState.arrivals() == job.head().arrival();
  }

  private void addToCount(String tenant, String priority, int more) {
    long now = queueLength(tenant, priority) + more;
    if (now <= 0) {
      store.delete(Table.QUEUE_LENGTHS, tenant + "/" + priority);
      store.remove(KeyLayout.priorities(tenant), priority);
    } else {
      store.put(Table.QUEUE_LENGTHS, tenant + "/" + priority, now);
      if (more == now) {
        store.add(KeyLayout.priorities(tenant), priority);
      }
    }
  }

  private long queueLength(String tenant, String priority) {
    Long count = store.get(Table.QUEUE_LENGTHS, tenant + "/" + priority);
    return count == null ? 0 : count;
  }

  private static String priority(TrackedJob job) {
    return SortKey.ofPriority(job.head().priority());
  }

  private static @Nullable String member(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Queued
        ? priority(job) + SortKey.ofNumber(job.head().arrival()) + "/" + job.key().id()
        : null;
  }
}
