package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
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
 * lists again after trouble or when the API server does not remember that far back. Nothing of a
 * pod is kept here. An API server that is away is asked until it is back; a watch that is silent
 * beyond the end that it asked for is taken for dead.
 */
final class PodWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);
  private static final long PAGE = 500;

  /**
   * Short, since a client may fail to notice that its connection is gone, and only an end that is
   * due tells a dead watch from a quiet one. A new watch goes on from where the last one ended, and
   * costs the API server little.
   */
  private static final long SERVER_CLOSES_AFTER_SECONDS = 30;

  private static final Duration SILENCE = Duration.ofSeconds(SERVER_CLOSES_AFTER_SECONDS + 5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final String namespace;
  private final int partition;
  private final Shard shard;
  private final Sights.Lookout lookout;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Watches one namespace, or {@link Shard#EVERYWHERE}. */
  PodWatch(Cluster cluster, String namespace, int partition, Shard shard, Sights.Lookout lookout) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.partition = partition;
    this.shard = shard;
    this.lookout = lookout;
  }

  /** Works until it is closed. */
  void run() {
    Duration pause = FIRST_PAUSE;
    long version = 0;
    try {
      while (closed.getCount() > 0) {
        try {
          if (version == 0 || lookout.isLost()) {
            version = list();
          } else {
            long before = version;
            version = follow(version);
            pause = version > before ? FIRST_PAUSE : longer(pause);
          }
        } catch (KubernetesClientException e) {
          logTrouble(e);
          version = e.getCode() == HttpURLConnection.HTTP_GONE ? 0 : version;
          lookout.lost();
          pause = longer(pause);
        } catch (RuntimeException e) {
          LOG.atError().setCause(e).log("A watch of pods is broken, listing again");
          version = 0;
          lookout.lost();
          pause = longer(pause);
        }
        if (lookout.isLost()) {
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
    var pods = cluster.watches().pods();
    boolean all = namespace.equals(Shard.EVERYWHERE);
    return (all ? pods.inAnyNamespace() : pods.inNamespace(namespace))
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
    shard.listed(namespace, version, Set.copyOf(uids));
    lookout.clear();
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
      long reached = events.await(closed, SILENCE);
      // A watch that told nothing may have been refused without a word; a list will tell.
      if (reached <= version) {
        lookout.lost();
      }
      return reached;
    }
  }

  private void logTrouble(KubernetesClientException failure) {
    if (ApiAnswers.unreachable(failure)) {
      cluster.reach().unanswered();
    }
    LOG.atWarn()
        .addKeyValue("cluster", cluster.name())
        .addKeyValue("namespace", namespace)
        .addKeyValue("partition", partition)
        .addKeyValue("cause", failure.toString())
        .log("Pods cannot be listed or watched, asking again");
  }

  /** Also of one that never ran, since its partition went before the lease came. */
  @Override
  public void close() {
    closed.countDown();
    lookout.close();
  }
}
