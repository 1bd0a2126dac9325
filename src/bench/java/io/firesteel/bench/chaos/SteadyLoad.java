package io.firesteel.bench.chaos;

import io.firesteel.local.client.SimulatedJobPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks for one short job after the other, each of a random tenant, in a thread of its own. */
final class SteadyLoad implements AutoCloseable {

  private static final Duration BETWEEN_JOBS = Duration.ofMillis(100);

  private final SimulatedJobPublisher requests;
  private final List<String> tenants;
  private final Random random;
  private final List<ChaosJob> jobs = new CopyOnWriteArrayList<>();
  private final Map<String, List<Instant>> published = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> publishing;

  SteadyLoad(String bootstrapServers, List<String> tenants, Random random) {
    this.requests = new SimulatedJobPublisher(bootstrapServers);
    this.tenants = tenants;
    this.random = random;
    this.publishing =
        thread.scheduleWithFixedDelay(
            this::publish, 0, BETWEEN_JOBS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void publish() {
    String tenant = tenants.get(random.nextInt(tenants.size()));
    ChaosJob job = ChaosJob.succeeding(tenant, jobs.size(), random.nextInt(50, 250));
    jobs.add(job);
    published.computeIfAbsent(tenant, _ -> new CopyOnWriteArrayList<>()).add(Instant.now());
    requests.publish(job.request());
  }

  /** The jobs so far. */
  List<ChaosJob> jobs() {
    if (publishing.state() == Future.State.FAILED) {
      throw new IllegalStateException("the load broke off", publishing.exceptionNow());
    }
    return jobs;
  }

  /** When the jobs of a tenant were asked for. */
  List<Instant> published(String tenant) {
    return published.getOrDefault(tenant, List.of());
  }

  /** Asks for no more. */
  void stop() {
    thread.close();
  }

  @Override
  public void close() {
    stop();
    requests.close();
  }
}
