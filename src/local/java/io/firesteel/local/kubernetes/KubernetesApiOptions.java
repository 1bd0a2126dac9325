package io.firesteel.local.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link KubernetesApi}. {@link #defaults()} is a server on a free port that logs
 * nothing; the {@code with…} methods change one thing each.
 *
 * @param port 0 takes any free port; the server only listens on 127.0.0.1
 * @param auditLog the file that grows by a line per write, or null for none
 * @param podLogs the folder in which the kubelet writes {@code <pod uid>/<container>.log}, or null
 * @param namespaces made at the start besides {@code default} and {@code kube-system}
 * @param watchCacheSize how many changes of each kind a watch can go back
 * @param bookmarkInterval how often watches that ask for bookmarks get one
 */
public record KubernetesApiOptions(
    int port,
    @Nullable Path auditLog,
    @Nullable Path podLogs,
    List<String> namespaces,
    int watchCacheSize,
    Duration bookmarkInterval) {

  public KubernetesApiOptions {
    namespaces = List.copyOf(namespaces);
    if (watchCacheSize < 1) {
      throw new IllegalArgumentException(
          "the watch cache must hold at least one change, but watchCacheSize is " + watchCacheSize);
    }
  }

  public static KubernetesApiOptions defaults() {
    return new KubernetesApiOptions(
        0, null, null, List.of(), 10_000, Duration.ofSeconds(30));
  }

  public KubernetesApiOptions withPort(int newPort) {
    return new KubernetesApiOptions(
        newPort, auditLog, podLogs, namespaces, watchCacheSize, bookmarkInterval);
  }

  public KubernetesApiOptions withAuditLog(Path file) {
    return new KubernetesApiOptions(
        port, file, podLogs, namespaces, watchCacheSize, bookmarkInterval);
  }

  public KubernetesApiOptions withPodLogs(Path folder) {
    return new KubernetesApiOptions(
        port, auditLog, folder, namespaces, watchCacheSize, bookmarkInterval);
  }

  public KubernetesApiOptions withNamespaces(String... names) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, List.of(names), watchCacheSize, bookmarkInterval);
  }

  public KubernetesApiOptions withWatchCacheSize(int changes) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, namespaces, changes, bookmarkInterval);
  }

  public KubernetesApiOptions withBookmarkInterval(Duration every) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, namespaces, watchCacheSize, every);
  }
}
