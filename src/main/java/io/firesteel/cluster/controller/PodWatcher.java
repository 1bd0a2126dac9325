package io.firesteel.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.firesteel.cluster.api.PodReader;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch on pods while its connection lasts: hands changes to the shard and remembers how far it
 * came. Events come one after another, on the client's thread.
 */
final class PodWatcher implements Watcher<Pod> {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final DriverController controller;
  private final CountDownLatch connectionClosed = new CountDownLatch(1);
  private volatile long resourceVersion;
  private volatile long lastEventNanos = System.nanoTime();
  private volatile @Nullable WatcherException failure;

  PodWatcher(DriverController controller, long version) {
    this.controller = controller;
    this.resourceVersion = version;
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    lastEventNanos = System.nanoTime();
    switch (action) {
      case ADDED, MODIFIED ->
          PodReader.read(pod)
              .ifPresentOrElse(controller::podUpdated, () -> controller.doubt(uidOf(pod)));
      case DELETED ->
          PodReader.read(pod)
              .ifPresentOrElse(
                  view -> controller.podDeleted(view, true), () -> controller.doubt(uidOf(pod)));
      case BOOKMARK, ERROR -> {}
    }
    if (action != Action.ERROR) {
      resourceVersion = Long.parseLong(pod.getMetadata().getResourceVersion());
    }
  }

  private static String uidOf(Pod pod) {
    return pod.getMetadata().getUid();
  }

  /** The client would resume by itself; it is stopped, since {@link PodInformer} does. */
  @Override
  public boolean reconnecting() {
    return false;
  }

  @Override
  public void onClose() {
    connectionClosed.countDown();
  }

  @Override
  public void onClose(WatcherException cause) {
    failure = cause;
    connectionClosed.countDown();
  }

  /**
   * Waits for the end of the watch.
   *
   * @return from where to go on; 0 when that is too far back
   * @throws KubernetesClientException when the API server refused
   */
  long await(CountDownLatch closed, Duration silence) throws InterruptedException {
    while (closed.getCount() > 0 && System.nanoTime() - lastEventNanos < silence.toNanos()) {
      if (connectionClosed.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        WatcherException cause = failure;
        return cause != null && isExpired(cause) ? 0 : resourceVersion;
      }
    }
    return resourceVersion;
  }

  /** Whether the API server does not remember that far back. */
  static boolean isExpired(WatcherException cause) {
    return cause.isHttpGone()
        || (cause.getCause() instanceof KubernetesClientException refused
            && refused.getCode() == HttpURLConnection.HTTP_GONE);
  }
}
