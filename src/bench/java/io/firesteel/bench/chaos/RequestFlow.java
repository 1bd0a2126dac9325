package io.firesteel.bench.chaos;

import io.firesteel.local.client.SimulatedJobPublisher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * Publishes jobs little by little: some twice, and the cancellations of some a while after them,
 * now and then before them. One thread.
 */
final class RequestFlow implements AutoCloseable {

  private static final int TWICE_ONE_OF = 8;
  private static final int CANCELLED_AFTER_JOBS = 40;

  private final SimulatedJobPublisher requests;
  private final List<ChaosJob> jobs;
  private final Random random;
  private final List<ChaosJob> cancelLater = new ArrayList<>();
  private int published;

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
    if (job.cancelled() && random.nextInt(4) == 0) {
      cancel(job);
    } else if (job.cancelled()) {
      cancelLater.add(job);
    }
    requests.publish(job.request());
    if (random.nextInt(TWICE_ONE_OF) == 0) {
      requests.publish(job.request());
    }
  }

  private void cancel(ChaosJob job) {
    requests.cancel(job.key().tenant(), job.key().id());
  }

  /** Publishes what is left, the cancellations too. */
  void publishRest() {
    publishUpTo(jobs.size());
    for (Iterator<ChaosJob> left = cancelLater.iterator(); left.hasNext(); left.remove()) {
      cancel(left.next());
    }
    requests.flush();
  }

  @Override
  public void close() {
    requests.close();
  }
}
