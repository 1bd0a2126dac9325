package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.firesteel.driver.PodLabels;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a shard with its pods: lists them page by page, then watches from where the list ended, and
 * lists again when the API server does not remember that far back. Nothing of a pod is kept here.
 * An API server that is away is asked until it is back; a watch that is silent for too long,
 * without even the bookmarks it asked for, is taken for dead.
 */
final class PodWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);
  private static final long PAGE = 500;
  private static final Duration SILENCE = Duration.ofMinutes(3);
  private static final long SERVER_CLOSES_AFTER_SECONDS = 1800;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final int partition;
  private final Shard shard;
  private final CountDownLatch closed = new CountDownLatch(1);

  PodWatch(KubernetesClient client, int partition, Shard shard) {
    this.client = client;
    this.partition = partition;
    this.shard = shard;
  }

  /** Works until it is closed. */
  void run() {
    Duration pause = FIRST_PAUSE;
    long version = 0;
    try {
      while (closed.getCount() > 0) {
        long before = version;
        try {
          version = version == 0 ? list() : follow(version);
        } catch (KubernetesClientException e) {
          logTrouble(e);
          version = e.getCode() == HttpURLConnection.HTTP_GONE ? 0 : version;
        }
        // A watch that told nothing may have been refused without a word.
        boolean news = version > before;
        pause = news ? FIRST_PAUSE : longer(pause);
        if (!news) {
          closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
    return client
        .pods()
        .inAnyNamespace()
        .withLabel(PodLabels.MANAGED_BY, PodLabels.FIRESTEEL)
        .withLabel(PodLabels.SHARD, Integer.toString(partition));
  }

  private long list() {
    Set<String> uids = new HashSet<>();
    ListOptionsBuilder options = new ListOptionsBuilder().withLimit(PAGE);
    String next;
    PodList page;
    do {
      page = pods().list(options.build());
      for (Pod pod : page.getItems()) {
        uids.add(pod.getMetadata().getUid());
        PodReader.read(pod).ifPresent(shard::see);
      }
      next = page.getMetadata().getContinue();
      options.withContinue(next);
    } while (next != null && !next.isEmpty());
    long version = Long.parseLong(page.getMetadata().getResourceVersion());
    shard.listed(version, Set.copyOf(uids));
    return version;
  }

  /** Watches as long as one connection lasts; tells from where to go on, 0 for from a new list. */
  private long follow(long version) throws InterruptedException {
    Following events = new Following(shard, version);
    var options =
        new ListOptionsBuilder()
            .withResourceVersion(Long.toString(version))
            .withAllowWatchBookmarks(true)
            .withTimeoutSeconds(SERVER_CLOSES_AFTER_SECONDS)
            .build();
    try (Watch _ = pods().watch(options, events)) {
      return events.await(closed, SILENCE);
    }
  }

  private void logTrouble(KubernetesClientException failure) {
    LOG.atWarn()
        .addKeyValue("partition", partition)
        .addKeyValue("cause", failure.toString())
        .log("Pods cannot be listed or watched, asking again");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
