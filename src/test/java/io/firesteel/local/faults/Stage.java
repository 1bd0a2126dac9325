package io.firesteel.local.faults;

import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A laptop platform of its own in a fresh folder, with the packaged worker. Pods are pretended
 * where they ask for it and run for real otherwise. The folder stays, for its logs.
 */
final class Stage implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final Laptop laptop;
  private final PretendJobs requests;
  private @Nullable Outcomes outcomes;

  private Stage(Laptop laptop) {
    this.laptop = laptop;
    this.requests = new PretendJobs(laptop.bootstrapServers());
  }

  /** Tenants with a namespace each, called after them. */
  static Stage withTenants(String name, int limit, String... tenants) throws IOException {
    Path home = LaptopOptions.homeOfThisCheckout();
    Path data = Files.createTempDirectory(Files.createDirectories(home.resolve("target")), name);
    Path definitions = Files.createDirectories(data.resolve("definitions"));
    for (String tenant : tenants) {
      Files.writeString(
          definitions.resolve(tenant + ".yaml"),
          """
          apiVersion: firesteel.io/v1alpha1
          kind: Tenant
          metadata: {name: %1$s}
          spec: {namespace: %1$s-jobs, serviceAccount: spark, maxConcurrency: %2$d}
          """
              .formatted(tenant, limit));
    }
    List<String> namespaces = Arrays.stream(tenants).map(tenant -> tenant + "-jobs").toList();
    return new Stage(
        Laptop.start(LaptopOptions.anyPorts(home, data).withDefinitions(definitions, namespaces)));
  }

  /** Starts the worker and, once it is ready, reads results. */
  void startWorker(Map<String, String> settings) throws InterruptedException {
    laptop.startWorker("worker", 0, settings).awaitReady(READY_WITHIN);
    outcomes = new Outcomes(laptop.bootstrapServers());
  }

  Laptop laptop() {
    return laptop;
  }

  PretendJobs requests() {
    return requests;
  }

  Outcomes outcomes() {
    return Objects.requireNonNull(outcomes, "the worker was not started");
  }

  @Override
  public void close() {
    if (outcomes != null) {
      outcomes.close();
    }
    requests.close();
    laptop.close();
  }
}
