package io.firesteel.admission;

import io.firesteel.admission.JobState.Queued;
import io.firesteel.job.JobKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue of each tenant: highest priority first, then in the order of arrival. */
final class ReadyQueue {

  /** Further back than so many priorities or jobs, nobody counts. */
  private static final int COUNTED = 100;

  private final State state;

  ReadyQueue(State state) {
    this.state = state;
  }

  /** Takes the job out or puts it in, wherever it stands after a change. */
  void follow(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    String left = member(before);
    String entered = member(after);
    if (before != null && left != null && !left.equals(entered)) {
      state.remove(group(before.key().tenant()), left);
      count(before, -1);
    }
    if (after != null && entered != null && !entered.equals(left)) {
      state.add(group(after.key().tenant()), entered);
      count(after, 1);
    }
  }

  /** Who is next of a tenant. */
  @Nullable JobKey first(String tenant) {
    String member = state.first(group(tenant));
    return member == null ? null : new JobKey(tenant, member.substring(member.indexOf('/') + 1));
  }

  /** The place of a job that stands in the queue, counted from 1; null if it is far back. */
  @Nullable Long position(TrackedJob job) {
    String tenant = job.key().tenant();
    String own = Order.descending(job.head().priority());
    List<String> classes = state.list(classes(tenant), COUNTED);
    if (classes.size() == COUNTED && classes.getLast().compareTo(own) < 0) {
      return null;
    }
    long ahead = 0;
    for (String priority : classes) {
      if (priority.compareTo(own) < 0) {
        ahead += queued(tenant, priority);
      }
    }
    return withinClass(job, ahead, queued(tenant, own));
  }

  private @Nullable Long withinClass(TrackedJob job, long ahead, long inClass) {
    if (latest(job)) {
      return ahead + inClass;
    }
    String member = member(job);
    int place = state.list(group(job.key().tenant()), COUNTED).indexOf(member);
    return place < 0 ? null : Long.valueOf(place + 1);
  }

  /** Whoever arrived last stands last among those of the same priority. */
  private boolean latest(TrackedJob job) {
    Tenant tenant = state.get(Table.TENANTS, job.key().tenant());
    return tenant != null && tenant.arrivals() == job.head().arrival();
  }

  private void count(TrackedJob job, int more) {
    String tenant = job.key().tenant();
    String priority = Order.descending(job.head().priority());
    long now = queued(tenant, priority) + more;
    if (now == 0) {
      state.delete(Table.QUEUED, tenant + "/" + priority);
      state.remove(classes(tenant), priority);
    } else {
      state.put(Table.QUEUED, tenant + "/" + priority, now);
      if (more == now) {
        state.add(classes(tenant), priority);
      }
    }
  }

  private long queued(String tenant, String priority) {
    Long count = state.get(Table.QUEUED, tenant + "/" + priority);
    return count == null ? 0 : count;
  }

  private static @Nullable String member(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Queued
        ? Order.descending(job.head().priority())
            + Order.number(job.head().arrival())
            + "/"
            + job.key().id()
        : null;
  }

  private static String group(String tenant) {
    return "q/" + tenant + "/";
  }

  private static String classes(String tenant) {
    return "p/" + tenant + "/";
  }
}
