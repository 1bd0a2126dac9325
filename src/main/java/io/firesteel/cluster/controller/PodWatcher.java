package io.firesteel.cluster.controller;

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
 * One watch connection: passes pod events to the controller, and remembers the last version. Events
 * arrive one at a time, on the client's thread.
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
      case ADDED, MODIFIED -> controller.add(WorkItem.of(pod, WorkItem.PodUpdated::new));
      case DELETED -> controller.add(WorkItem.of(pod, WorkItem.PodDeleted::new));
      case BOOKMARK, ERROR -> {}
    }
    if (action != Action.ERROR) {
      resourceVersion = Long.parseLong(pod.getMetadata().getResourceVersion());
    }
  }

  /** Stops the client from resuming the watch; {@link PodInformer} does that. */
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
   * @return the version to continue from; 0 if it has expired
   */
  long await(CountDownLatch closed, Duration idleTimeout) throws InterruptedException {
    while (closed.getCount() > 0 && System.nanoTime() - lastEventNanos < idleTimeout.toNanos()) {
      if (connectionClosed.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        WatcherException cause = failure;
        return cause != null && isExpired(cause) ? 0 : resourceVersion;
      }
    }
    return resourceVersion;
  }

  /** Whether the API server no longer keeps the version. */
  static boolean isExpired(WatcherException cause) {
    return cause.isHttpGone()
        || (cause.getCause() instanceof KubernetesClientException refused
            && refused.getCode() == HttpURLConnection.HTTP_GONE);
  }
}
