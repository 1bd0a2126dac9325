package io.firesteel.status;

import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.firesteel.status.TenantJobs.IndexedJob;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every job of the status topic in memory, some 500 bytes each, for lists, queues and streams of
 * changes. Follows the topic and may lag behind it. Thread-safe.
 */
@Singleton
public final class JobIndex {

  /** Jobs that were forgotten and of which a reader who comes back is told. */
  private static final int MAX_FORGOTTEN = 10_000;

  private final Map<String, TenantJobs> tenants = new ConcurrentHashMap<>();
  private final Deque<JobChange> forgotten = new ArrayDeque<>();
  private final List<Consumer<JobChange>> listeners = new ArrayList<>();
  private StreamPosition position = StreamPosition.START;

  /** Nobody knows which jobs were forgotten before this. */
  private StreamPosition floor = StreamPosition.START;

  /** A record of the status topic; null for a tombstone. */
  synchronized void apply(JobKey key, @Nullable JobStatus status, int partition, long offset) {
    TenantJobs jobs = tenants.computeIfAbsent(key.tenant(), _ -> new TenantJobs());
    JobSummary summary = status == null ? null : JobSummary.of(status);
    JobChange change = new JobChange(key, partition, offset, summary);
    if (status == null || summary == null) {
      jobs.remove(key.id());
      forget(change);
    } else {
      jobs.put(new IndexedJob(summary, status.arrival(), partition, offset));
    }
    position = position.after(partition, offset);
    listeners.forEach(listener -> listener.accept(change));
  }

  private void forget(JobChange change) {
    forgotten.add(change);
    if (forgotten.size() > MAX_FORGOTTEN) {
      JobChange dropped = forgotten.remove();
      floor = floor.after(dropped.partition(), dropped.offset());
    }
  }

  /** All that was there when this replica started is read. */
  synchronized void started() {
    floor = position;
    forgotten.clear();
  }

  /** How far this replica has read. */
  public synchronized StreamPosition position() {
    return position;
  }

  /**
   * What a reader has to be told before it hears of changes as they come.
   *
   * @param complete whether these are all changes since its position; if not, it must forget what
   *     it knows, and these are all jobs
   */
  public record Backlog(boolean complete, StreamPosition position, List<JobChange> changes) {}

  /**
   * Passes every change from now on to a listener, which must be quick, and returns those before.
   */
  public synchronized Backlog subscribe(
      Predicate<String> wanted, StreamPosition since, Consumer<JobChange> listener) {
    listeners.add(listener);
    boolean complete = since.includes(floor);
    StreamPosition from = complete ? since : StreamPosition.START;
    List<JobChange> changes = new ArrayList<>();
    tenants.forEach((tenant, jobs) -> {
      if (wanted.test(tenant)) {
        jobs.after(from).forEach(job -> changes.add(change(tenant, job)));
      }
    });
    if (complete) {
      forgotten.stream()
          .filter(change -> wanted.test(change.key().tenant()))
          .filter(change -> !since.includes(change.partition(), change.offset()))
          .forEach(changes::add);
    }
    changes.sort(Comparator.comparingLong(JobChange::offset));
    return new Backlog(complete, position, changes);
  }

  private static JobChange change(String tenant, IndexedJob job) {
    JobKey key = new JobKey(tenant, job.summary().jobId());
    return new JobChange(key, job.partition(), job.offset(), job.summary());
  }

  /** Ends a subscription. */
  public synchronized void unsubscribe(Consumer<JobChange> listener) {
    listeners.remove(listener);
  }

  /** The jobs of a tenant; none if it is unknown. */
  TenantJobs jobs(String tenant) {
    TenantJobs known = tenants.get(tenant);
    return known == null ? new TenantJobs() : known;
  }
}
