package io.firesteel.status;

import io.firesteel.status.JobOrder.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one tenant in memory: by id, in the orders of lists, and those in the queue. A page
 * takes O(log n) and what the filter leaves out. Thread-safe.
 */
final class TenantJobs {

  /** The order in which admission takes jobs: highest priority first, then by arrival. */
  private static final Comparator<IndexedJob> QUEUE =
      Comparator.comparing((IndexedJob job) -> -(long) job.summary().priority())
          .thenComparing(IndexedJob::arrival)
          .thenComparing(job -> job.summary().jobId());

  private final Map<String, IndexedJob> byId = new HashMap<>();
  private final NavigableMap<Place, IndexedJob> byUpdate = new TreeMap<>();
  private final NavigableMap<Place, IndexedJob> bySubmission = new TreeMap<>();
  private final NavigableSet<IndexedJob> queue = new TreeSet<>(QUEUE);
  private final Set<IndexedJob> active = new HashSet<>();

  /** A job and where its status stands in Kafka. */
  record IndexedJob(JobSummary summary, long arrival, int partition, long offset) {}

  synchronized void put(IndexedJob job) {
    remove(job.summary().jobId());
    byId.put(job.summary().jobId(), job);
    byUpdate.put(JobOrder.UPDATED_FIRST.place(job.summary()), job);
    bySubmission.put(JobOrder.SUBMITTED_FIRST.place(job.summary()), job);
    if (job.summary().queued()) {
      queue.add(job);
    }
    if (job.summary().holdsSlot()) {
      active.add(job);
    }
  }

  synchronized void remove(String id) {
    IndexedJob job = byId.remove(id);
    if (job != null) {
      byUpdate.remove(JobOrder.UPDATED_FIRST.place(job.summary()));
      bySubmission.remove(JobOrder.SUBMITTED_FIRST.place(job.summary()));
      queue.remove(job);
      active.remove(job);
    }
  }

  synchronized List<JobSummary> list(
      JobFilter filter, JobOrder order, @Nullable Place after, int limit) {
    List<JobSummary> found = new ArrayList<>();
    for (IndexedJob job : from(order, after)) {
      if (found.size() == limit) {
        break;
      }
      if (filter.matches(job.summary())) {
        found.add(job.summary());
      }
    }
    return found;
  }

  private Collection<IndexedJob> from(JobOrder order, @Nullable Place after) {
    NavigableMap<Place, IndexedJob> jobs = order.byUpdate() ? byUpdate : bySubmission;
    NavigableMap<Place, IndexedJob> ordered = order.descending() ? jobs.descendingMap() : jobs;
    return after == null ? ordered.values() : ordered.tailMap(after, false).values();
  }

  synchronized long count(JobFilter filter) {
    return filter.equals(JobFilter.ALL)
        ? byId.size()
        : byId.values().stream().filter(job -> filter.matches(job.summary())).count();
  }

  /** The queue, first to last. */
  synchronized List<JobSummary> queue() {
    return queue.stream().map(IndexedJob::summary).toList();
  }

  /** The position of a job in the queue, from 1; null if it is not there. */
  synchronized @Nullable Long position(String id) {
    IndexedJob job = byId.get(id);
    return job == null || !queue.contains(job) ? null : queue.headSet(job, true).size() + 0L;
  }

  /** The jobs that hold slots. */
  synchronized List<JobSummary> active() {
    return active.stream().map(IndexedJob::summary).toList();
  }

  /** The jobs whose status a reader at this position has not read, oldest first. */
  synchronized List<IndexedJob> after(StreamPosition position) {
    return byUpdate.values().stream()
        .filter(job -> !position.includes(job.partition(), job.offset()))
        .toList();
  }
}
