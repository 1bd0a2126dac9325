package io.firesteel.cluster.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends observations to the inbox, for as long as the process lives; the next owner of the
 * partition observes again what was not sent. Thread-safe.
 */
public final class InboxReporter {

  /** More reports of a job than this wait only if they say more than how the job goes on. */
  static final int MAX_WAITING = 4;

  private final ClusterProducer producer;
  private final String topic;

  /** The jobs with a report in flight, and the reports that wait for it. Guarded by this. */
  private final Map<JobKey, Deque<Report>> waiting = new HashMap<>();

  public InboxReporter(ClusterProducer producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Delivers at least once, and in order for one job. Does not wait for Kafka to answer. An
   * observation that Kafka refuses as too large loses its diagnostics. While Kafka accepts nothing,
   * newer counts of executors and newer reasons why a driver is pending replace older ones.
   */
  public void send(Report report) {
    if (isNext(report)) {
      transmit(report);
    }
  }

  private void transmit(Report report) {
    JobKey job = report.observation().attempt().job();
    producer.send(
        record(report.cohort(), report.observation()),
        _ -> record(report.cohort(), report.observation().withoutDiagnostics()),
        () -> {
          Report next = next(job);
          if (next != null) {
            producer.later(() -> transmit(next));
          }
        });
  }

  private ProducerRecord<byte[], byte[]> record(String cohort, Observation observation) {
    return new ProducerRecord<>(
        topic, cohort.getBytes(UTF_8), JsonCodec.write(new InboxMessage.Observed(observation)));
  }

  /** Whether nothing of the job is in flight; otherwise the report waits. */
  private synchronized boolean isNext(Report report) {
    Deque<Report> reports = waiting.get(report.observation().attempt().job());
    if (reports == null) {
      waiting.put(report.observation().attempt().job(), new ArrayDeque<>(0));
      return true;
    }
    if (isReplaced(reports, report.observation())) {
      reports.removeLast();
    }
    reports.add(report);
    return false;
  }

  /**
   * Whether a report makes the last one that waits superfluous. A count that names executors and a
   * reason are kept, unless many reports wait already, so that an outage fills no memory.
   */
  private static boolean isReplaced(Deque<Report> waiting, Observation next) {
    Report last = waiting.peekLast();
    if (last == null || !last.observation().attempt().equals(next.attempt())) {
      return false;
    }
    boolean full = waiting.size() >= MAX_WAITING;
    return switch (last.observation()) {
      case Observation.ExecutorsCounted counted ->
          next instanceof Observation.ExecutorsCounted && (full || counted.changed().isEmpty());
      case Observation.Pending _ -> full && next instanceof Observation.Pending;
      case Observation.Created _,
          Observation.Rejected _,
          Observation.Started _,
          Observation.Ready _,
          Observation.Finished _,
          Observation.Gone _,
          Observation.Abandoned _ ->
          false;
    };
  }

  private synchronized @Nullable Report next(JobKey job) {
    Deque<Report> reports = waiting.get(job);
    Report next = reports == null ? null : reports.poll();
    if (next == null) {
      waiting.remove(job);
    }
    return next;
  }
}
