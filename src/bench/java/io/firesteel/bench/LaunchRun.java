package io.firesteel.bench;

import io.firesteel.bench.AuditLogTail.Write;
import io.firesteel.local.Laptop;
import io.firesteel.local.client.PublishedResults;
import io.firesteel.local.client.PublishedResults.Result;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends jobs through Firesteel and reads from the audit log when their drivers were there. */
final class LaunchRun implements AutoCloseable {

  private static final String TENANT = "bench";

  private final AuditLogTail audit;
  private final SimulatedJobPublisher requests;
  private final PublishedResults publishedResults;

  LaunchRun(Laptop laptop) throws IOException {
    this.audit = new AuditLogTail(laptop.options().auditLog());
    this.requests = new SimulatedJobPublisher(laptop.bootstrapServers());
    this.publishedResults = new PublishedResults(laptop.bootstrapServers());
  }

  /** What a steady stream of jobs came to. */
  record Steady(Percentiles toDriver, Percentiles toResult) {}

  /**
   * Publishes jobs all at once.
   *
   * @return jobs per second, from the first request to the last driver with all its objects
   */
  double burst(String name, int jobs, Duration within) throws IOException {
    long began = System.currentTimeMillis();
    for (int i = 0; i < jobs; i++) {
      requests.publish(TENANT, name + "-" + i, SimulatedJobPublisher.plan(3_600_000, 0));
    }
    requests.flush();
    long giveUp = System.nanoTime() + within.toNanos();
    while (true) {
      List<Write> complete =
          audit.writes(write ->
              write.verb().equals("create")
                  && write.resource().equals("configmaps")
                  && write.name().startsWith(name + "-"));
      if (complete.size() >= jobs) {
        long last = complete.stream().mapToLong(Write::when).max().orElse(began);
        return jobs * 1e3 / Math.max(1, last - began);
      }
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException(
            "only %d of %d drivers were created in time".formatted(complete.size(), jobs));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  /** Publishes jobs at an even rate; each runs for a moment and ends well. */
  Steady steady(String name, int perSecond, Duration lasts) throws IOException {
    Map<String, Long> published = new HashMap<>();
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long jobs = lasts.toSeconds() * perSecond;
    long next = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      next += gap;
      String id = name + "-" + i;
      published.put(id, System.currentTimeMillis());
      requests.publish(TENANT, id, SimulatedJobPublisher.plan(1000, 0));
      publishedResults.pollNow();
    }
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (results(name).size() < jobs && System.nanoTime() < giveUp) {
      publishedResults.poll();
    }
    return measured(name, published);
  }

  private Steady measured(String name, Map<String, Long> published) throws IOException {
    Map<String, Long> results = results(name);
    List<Long> toDriver = new ArrayList<>();
    Map<String, Long> toResult = new HashMap<>();
    for (Write entry : audit.writes(write -> write.resource().equals("pods"))) {
      String id = jobOf(entry.name());
      Long asked = published.get(id);
      if (asked != null) {
        Long result = results.get(id);
        if (entry.verb().equals("create")) {
          toDriver.add(entry.when() - asked);
        } else if (entry.phase().equals("Succeeded")
            && entry.verb().equals("patch")
            && result != null) {
          toResult.putIfAbsent(id, result - entry.when());
        }
      }
    }
    return new Steady(Percentiles.of(toDriver), Percentiles.of(toResult.values()));
  }

  /** {@code steady-7-0123456789-1-driver} is the pod of {@code steady-7}. */
  private static String jobOf(String pod) {
    return pod.replaceFirst("-[0-9a-f]{10}-1-driver$", "");
  }

  private Map<String, Long> results(String name) {
    Map<String, Long> readAt = new HashMap<>();
    publishedResults
        .byJob()
        .forEach((job, results) -> {
          String id = job.substring(job.indexOf('/') + 1);
          if (id.startsWith(name + "-")) {
            readAt.put(id, results.stream().mapToLong(Result::readAt).min().orElse(0));
          }
        });
    return readAt;
  }

  @Override
  public void close() throws IOException {
    audit.close();
    requests.close();
    publishedResults.close();
  }
}
