package io.firesteel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.kafka.TestBroker;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.judge.DriverRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the packaged worker at random moments while jobs queue and run. The drivers
 * are pretended, so that many fit in; broker, API server and audit log are real.
 */
final class KillIT {

  private static final int KILLS = 20;
  private static final int JOBS_BETWEEN_KILLS = 6;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(2500);
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Map<String, Integer> LIMITS = Map.of("acme", 1, "globex", 2);

  private final long seed = Long.getLong("firesteel.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int published;

  @Test
  void noJobIsLostOrDoubledAndNoLimitIsBroken() throws Exception {
    System.out.println("kills: -Dfiresteel.seed=" + seed);
    Path folder = Path.of("target", "kills", Long.toString(seed));
    LaptopOptions options = LaptopOptions.anyPorts(LaptopOptions.homeOfThisCheckout(), folder);
    try (Laptop laptop = Laptop.start(options, TestBroker.start(folder.resolve("kafka")))) {
      WorkerProcess worker = laptop.startWorker("killed", 0, Map.of());
      worker.awaitReady(READY_WITHIN);
      try (Publisher publisher = new Publisher(laptop.bootstrapServers());
          Heard heard = new Heard(laptop.bootstrapServers())) {
        for (int kill = 0; kill < KILLS; kill++) {
          publish(laptop, publisher);
          awaitRandomMoment(heard, worker);
          worker.kill();
          worker = laptop.startWorker("killed", 0, Map.of());
        }
        worker.awaitReady(READY_WITHIN);
        await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> heard.more().results().size() == published);
        heard.more();
        judge(DriverRuns.read(options.auditLog()), heard);
      }
    }
  }

  /** Half of the moments fall into the worker's start, where it restores and takes over. */
  private void awaitRandomMoment(Heard heard, WorkerProcess worker) throws InterruptedException {
    if (random.nextBoolean()) {
      worker.awaitReady(READY_WITHIN);
    }
    long end = System.nanoTime() + random.nextLong(LONGEST_LIFE.toNanos());
    while (System.nanoTime() < end) {
      heard.more();
    }
  }

  private void publish(Laptop laptop, Publisher publisher) {
    List<String> tenants = List.copyOf(LIMITS.keySet());
    for (int i = 0; i < JOBS_BETWEEN_KILLS; i++) {
      String tenant = tenants.get(random.nextInt(tenants.size()));
      ObjectNode request = laptop.samples().pi(tenant, "job-" + published++);
      String pretend =
          "runMillis=%d,exitCode=%d".formatted(random.nextInt(400), random.nextInt(8) == 0 ? 1 : 0);
      request.withObject("/spec/driver/annotations").put("firesteel.local/pretend", pretend);
      publisher.publish(request.toString());
      if (random.nextInt(4) == 0) {
        publisher.publish(request.toString());
      }
    }
  }

  private void judge(DriverRuns drivers, Heard heard) {
    assertThat(drivers.createdTwice()).isEmpty();
    assertThat(drivers.runs()).hasSize(published);
    LIMITS.forEach((tenant, limit) ->
        assertThat(drivers.mostAtOnce(tenant)).as(tenant).isLessThanOrEqualTo(limit));
    heard
        .results()
        .forEach((job, results) -> {
          assertThat(results).as(job).hasSize(1);
          assertThat(results.getFirst().path("outcome").asText()).isIn("SUCCEEDED", "FAILED");
          assertThat(heard.sequence(job))
              .as(job + " has every event once and in order")
              .containsExactlyElementsOf(
                  java.util.stream.LongStream.rangeClosed(1, heard.sequence(job).size())
                      .boxed()
                      .toList());
        });
    System.out.printf(
        "kills: %d kills, %d jobs, %d drivers, %d created twice, %s at most at once%n",
        KILLS,
        published,
        drivers.runs().size(),
        drivers.createdTwice().size(),
        LIMITS.keySet().stream().map(t -> t + " " + drivers.mostAtOnce(t)).toList());
  }
}
