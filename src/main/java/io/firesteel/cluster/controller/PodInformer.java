package io.firesteel.cluster.controller;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.firesteel.cluster.api.ApiErrors;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.driver.submit.PodLabels;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a controller with its pods: lists them page by page, then watches from the list's version.
 * It lists again after a failure, or when that version has expired. It keeps no pods, retries while
 * the API server is unreachable, and gives up a watch that outlives the timeout it asked for.
 */
public final class PodInformer implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(PodInformer.class);
  private static final long PAGE_SIZE = 500;

  /**
   * Short, because a client may not notice that its connection is lost, and only an overdue end
   * tells a dead watch from a quiet one. A new watch continues where the last one ended, which
   * costs the API server little.
   */
  private static final long WATCH_TIMEOUT_SECONDS = 30;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(WATCH_TIMEOUT_SECONDS + 5);
  private static final Duration MIN_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

  private final ClusterConnection cluster;
  private final String namespace;
  private final int partition;
  private final DriverController controller;
  private final WatchReadiness.WatchHealth health;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Watches one namespace, or {@link DriverState#ALL_NAMESPACES}. */
  public PodInformer(
      ClusterConnection cluster,
      String namespace,
      int partition,
      DriverController controller,
      WatchReadiness.WatchHealth health) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.partition = partition;
    this.controller = controller;
    this.health = health;
  }

  @Override
  public void run() {
    Duration backoff = MIN_BACKOFF;
    long version = 0;
    try {
      while (closed.getCount() > 0) {
        try {
          if (version == 0 || health.isFailing()) {
            version = list();
          } else {
            long before = version;
            version = watch(version);
            backoff = version > before ? MIN_BACKOFF : doubled(backoff);
          }
        } catch (KubernetesClientException e) {
          logFailure(e);
          version = e.getCode() == HttpURLConnection.HTTP_GONE ? 0 : version;
          health.failed();
          backoff = doubled(backoff);
        } catch (RuntimeException e) {
          LOG.atError().setCause(e).log("Watching pods failed unexpectedly; listing again");
          version = 0;
          health.failed();
          backoff = doubled(backoff);
        }
        if (health.isFailing()) {
          closed.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration doubled(Duration backoff) {
    Duration doubled = backoff.multipliedBy(2);
    return doubled.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : doubled;
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
    var pods = cluster.watchClient().pods();
    boolean all = namespace.equals(DriverState.ALL_NAMESPACES);
    return (all ? pods.inAnyNamespace() : pods.inNamespace(namespace))
        .withLabel(PodLabels.MANAGED_BY, PodLabels.FIRESTEEL)
        .withLabel(PodLabels.PARTITION, Integer.toString(partition));
  }

  private long list() {
    Set<String> uids = new HashSet<>();
    ListOptionsBuilder options = new ListOptionsBuilder().withLimit(PAGE_SIZE);
    String next;
    PodList page;
    do {
      page = pods().list(options.build());
      for (Pod pod : page.getItems()) {
        uids.add(pod.getMetadata().getUid());
        controller.add(WorkItem.of(pod, WorkItem.PodUpdated::new));
      }
      next = page.getMetadata().getContinue();
      options.withContinue(next);
    } while (next != null && !next.isEmpty());
    long version = Long.parseLong(page.getMetadata().getResourceVersion());
    controller.add(new WorkItem.PodsListed(namespace, version, Set.copyOf(uids)));
    health.synced();
    return version;
  }

  /** Watches for one connection; returns the version to continue from, or 0 to list again. */
  private long watch(long version) throws InterruptedException {
    PodWatcher events = new PodWatcher(controller, version);
    var options =
        new ListOptionsBuilder()
            .withResourceVersion(Long.toString(version))
            .withAllowWatchBookmarks(true)
            .withTimeoutSeconds(WATCH_TIMEOUT_SECONDS)
            .build();
    try (Watch _ = pods().watch(options, events)) {
      long reached = events.await(closed, IDLE_TIMEOUT);
      // The API server may have refused a watch without events; a list will show.
      if (reached <= version) {
        health.failed();
      }
      return reached;
    }
  }

  private void logFailure(KubernetesClientException failure) {
    if (ApiErrors.isUnreachable(failure)) {
      cluster.reachability().recordNoResponse();
    }
    LOG.atWarn()
        .addKeyValue("cluster", cluster.name())
        .addKeyValue("namespace", namespace)
        .addKeyValue("partition", partition)
        .addKeyValue("cause", failure.toString())
        .log("Listing or watching pods failed; retrying");
  }

  /** Also closes one that never ran, because its partition was lost before the lease came. */
  @Override
  public void close() {
    closed.countDown();
    health.close();
  }
}
