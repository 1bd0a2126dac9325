package io.firesteel.bench.chaos;

import io.firesteel.e2e.PublishedEvents;
import io.firesteel.job.JobKey;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Publishes jobs little by little: some twice, the first requests of some so that they are refused,
 * and the cancellations of some a while after them, now and then before them. What came back as a
 * dead letter is published again. One thread.
 */
final class RequestFlow implements AutoCloseable {

  private static final int TWICE_ONE_OF = 8;
  private static final int CANCELLED_AFTER_JOBS = 40;

  private final SimulatedJobPublisher requests;
  private final List<ChaosJob> jobs;
  private final Random random;
  private final List<ChaosJob> cancelLater = new ArrayList<>();
  private final Map<String, Integer> requestsSent = new HashMap<>();
  private final Map<String, Integer> cancelsSent = new HashMap<>();
  private final Set<ChaosJob> unended = new LinkedHashSet<>();
  private int published;
  private int republished;

  RequestFlow(String bootstrapServers, List<ChaosJob> jobs, Random random) {
    this.requests = new SimulatedJobPublisher(bootstrapServers);
    this.jobs = jobs;
    this.random = random;
  }

  /** Publishes until so many are out. */
  void publishUpTo(int count) {
    int end = Math.min(count, jobs.size());
    while (published < end) {
      publish(jobs.get(published++));
      if (!cancelLater.isEmpty() && random.nextInt(CANCELLED_AFTER_JOBS) < cancelLater.size()) {
        cancel(cancelLater.remove(random.nextInt(cancelLater.size())));
      }
    }
    requests.flush();
  }

  private void publish(ChaosJob job) {
    unended.add(job);
    if (job.refusedFirst()) {
      requests.publish(job.refusedRequest());
      requestsSent.merge(job.key().toString(), 1, Integer::sum);
      return;
    }
    if (job.cancelled() && random.nextInt(4) == 0) {
      cancel(job);
    } else if (job.cancelled()) {
      cancelLater.add(job);
    }
    request(job);
    if (random.nextInt(TWICE_ONE_OF) == 0) {
      request(job);
    }
  }

  private void request(ChaosJob job) {
    requests.publish(job.request());
    requestsSent.merge(job.key().toString(), 1, Integer::sum);
  }

  private void cancel(ChaosJob job) {
    requests.cancel(job.key().tenant(), job.key().id());
    cancelsSent.merge(job.key().toString(), 1, Integer::sum);
  }

  /** Publishes what is left, the cancellations too. */
  void publishRest() {
    publishUpTo(jobs.size());
    for (Iterator<ChaosJob> left = cancelLater.iterator(); left.hasNext(); left.remove()) {
      cancel(left.next());
    }
    requests.flush();
  }

  /**
   * Publishes again what came back: requests and cancellations of tenants that were not defined,
   * and requests that were refused. A message that got no answer at all is not published again.
   */
  void republishDeadLetters(PublishedEvents publishedEvents) {
    ReturnedMessages returned = ReturnedMessages.of(publishedEvents);
    unended.removeIf(job -> ended(job, publishedEvents));
    for (ChaosJob job : unended) {
      String key = job.key().toString();
      if (!accepted(job.key(), publishedEvents) && allIn(requestsSent, returned.requests(), key)) {
        request(job);
        republished++;
      }
      if (allIn(cancelsSent, returned.cancels(), key)) {
        cancel(job);
        republished++;
      }
    }
    requests.flush();
  }

  private static boolean allIn(Map<String, Integer> sent, Map<String, Integer> back, String job) {
    int count = sent.getOrDefault(job, 0);
    return count > 0 && back.getOrDefault(job, 0) >= count;
  }

  private static boolean ended(ChaosJob job, PublishedEvents publishedEvents) {
    return publishedEvents.resultsOf(job.key().toString()).stream().anyMatch(job::allows);
  }

  private static boolean accepted(JobKey job, PublishedEvents publishedEvents) {
    return publishedEvents.eventTypes(job.toString()).contains("io.firesteel.job.accepted.v1");
  }

  /** Whether every job is published and has a result that its pods lead to. */
  boolean isSettled() {
    return published == jobs.size() && unended.isEmpty();
  }

  /** How many published jobs have no result yet. */
  int unended() {
    return unended.size();
  }

  /** How many messages were published again. */
  int republished() {
    return republished;
  }

  @Override
  public void close() {
    requests.close();
  }
}
