package io.firesteel.local.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link KubernetesApi}. {@link #defaults()} is a server on a free port without an
 * audit log; each {@code with…} method changes one option.
 *
 * @param port 0 for a free port of 127.0.0.1
 * @param auditLog the file for the audit log, or null
 * @param podLogs the folder in which the kubelet writes {@code <pod uid>/<container>.log}, or null
 * @param namespaces namespaces to create besides {@code default} and {@code kube-system}
 * @param watchCacheSize the number of changes of each kind that a watch can resume from
 * @param bookmarkInterval the interval of bookmarks
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
    return new KubernetesApiOptions(0, null, null, List.of(), 10_000, Duration.ofSeconds(30));
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
    return new KubernetesApiOptions(port, auditLog, podLogs, namespaces, changes, bookmarkInterval);
  }

  public KubernetesApiOptions withBookmarkInterval(Duration every) {
    return new KubernetesApiOptions(port, auditLog, podLogs, namespaces, watchCacheSize, every);
  }
}
