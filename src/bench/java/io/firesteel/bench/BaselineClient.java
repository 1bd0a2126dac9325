package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuildResult;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.DriverObjects;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * The fastest that anybody could be: objects that are ready beforehand, created with the same
 * client library, many at once, and nothing else done.
 */
final class BaselineClient implements AutoCloseable {

  private final KubernetesClient client;
  private final String namespace;

  BaselineClient(String api, String namespace) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl(api)
                    .withRequestTimeout(60_000)
                    .withMaxConcurrentRequests(1000)
                    .withMaxConcurrentRequestsPerHost(1000)
                    .build())
            .withHttpClientFactory(new VertxHttpClientFactory())
            .build();
    this.namespace = namespace;
  }

  /** Jobs per second; every object of a job is created before the job counts. */
  double jobsPerSecond(String name, JsonNode spec, int jobs, int atOnce) {
    List<DriverObjects> ready =
        IntStream.range(0, jobs).mapToObj(i -> built(name + "-" + i, spec)).toList();
    Semaphore slots = new Semaphore(atOnce);
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (DriverObjects objects : ready) {
        slots.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            create(objects);
          } finally {
            slots.release();
          }
        });
      }
    }
    return jobs * 1e9 / (System.nanoTime() - began);
  }

  private DriverObjects built(String id, JsonNode spec) {
    DesiredDriver driver =
        new DesiredDriver(
            new Attempt(new JobKey("bare", id), 1, 1),
            "bare",
            new Placement(namespace, "spark", null),
            null,
            false,
            Map.of(),
            null,
            spec);
    return switch (DriverBuilder.build(
        driver, Creation.withRandomName(driver.attempt(), "bench", 99))) {
      case DriverBuildResult.Built(DriverObjects objects, _, _) -> objects;
      case DriverBuildResult.Unbuildable(var problems) ->
          throw new IllegalStateException("the benchmark's own spec is refused: " + problems);
    };
  }

  private void create(DriverObjects objects) {
    Pod pod = client.resource(objects.pod()).create();
    objects.ownedBy(pod.getMetadata().getUid());
    for (HasMetadata owned : objects.owned()) {
      client.resource(owned).create();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
