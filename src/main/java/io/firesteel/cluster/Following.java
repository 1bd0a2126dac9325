package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch on pods while its connection lasts: hands changes to the shard and remembers how far it
 * came. Events come one after another, on the client's thread.
 */
final class Following implements Watcher<Pod> {

  private static final Duration ASK_EVERY = Duration.ofMillis(500);

  private final Shard shard;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long version;
  private volatile long lastHeard = System.nanoTime();
  private volatile @Nullable WatcherException failure;

  Following(Shard shard, long version) {
    this.shard = shard;
    this.version = version;
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    lastHeard = System.nanoTime();
    switch (action) {
      case ADDED, MODIFIED -> PodReader.read(pod).ifPresent(shard::see);
      case DELETED -> PodReader.read(pod).ifPresent(view -> shard.vanish(view, true));
      case BOOKMARK, ERROR -> {}
    }
    if (action != Action.ERROR) {
      version = Long.parseLong(pod.getMetadata().getResourceVersion());
    }
  }

  /** The client would resume by itself; it is stopped, since {@link PodWatch} does. */
  @Override
  public boolean reconnecting() {
    return false;
  }

  @Override
  public void onClose() {
    ended.countDown();
  }

  @Override
  public void onClose(WatcherException cause) {
    failure = cause;
    ended.countDown();
  }

  /**
   * Waits for the end of the watch.
   *
   * @return from where to go on; 0 when that is too far back
   * @throws KubernetesClientException when the API server refused
   */
  long await(CountDownLatch closed, Duration silence) throws InterruptedException {
    while (closed.getCount() > 0 && System.nanoTime() - lastHeard < silence.toNanos()) {
      if (ended.await(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        WatcherException cause = failure;
        return cause != null && gone(cause) ? 0 : version;
      }
    }
    return version;
  }

  /** Whether the API server does not remember that far back. */
  static boolean gone(WatcherException cause) {
    return cause.isHttpGone()
        || (cause.getCause() instanceof KubernetesClientException refused
            && refused.getCode() == HttpURLConnection.HTTP_GONE);
  }
}
