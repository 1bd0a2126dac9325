package io.firesteel.local.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link KubernetesApi}. {@link #defaults()} is a server on a free port that logs
 * nothing; the {@code with…} methods change one thing each.
 *
 * @param port 0 takes any free port; the server only listens on 127.0.0.1
 * @param auditLog the file that grows by a line per write, or null for none
 * @param podLogs the folder in which the kubelet writes {@code <pod uid>/<container>.log}, or null
 * @param namespaces made at the start besides {@code default} and {@code kube-system}
 * @param tokens bearer token to user name. Empty: every token is accepted and ignored. Otherwise an
 *     unknown token is refused with 401; no token at all is {@code system:anonymous}
 * @param watchCacheSize how many changes of each kind a watch can go back
 * @param bookmarkInterval how often watches that ask for bookmarks get one
 * @param clock where the time comes from
 */
public record KubernetesApiOptions(
    int port,
    @Nullable Path auditLog,
    @Nullable Path podLogs,
    List<String> namespaces,
    Map<String, String> tokens,
    int watchCacheSize,
    Duration bookmarkInterval,
    InstantSource clock) {

  public KubernetesApiOptions {
    namespaces = List.copyOf(namespaces);
    tokens = Map.copyOf(tokens);
    if (watchCacheSize < 1) {
      throw new IllegalArgumentException(
          "history holds at least one change, not " + watchCacheSize);
    }
  }

  public static KubernetesApiOptions defaults() {
    return new KubernetesApiOptions(
        0, null, null, List.of(), Map.of(), 10_000, Duration.ofSeconds(30), InstantSource.system());
  }

  public KubernetesApiOptions withPort(int newPort) {
    return new KubernetesApiOptions(
        newPort, auditLog, podLogs, namespaces, tokens, watchCacheSize, bookmarkInterval, clock);
  }

  public KubernetesApiOptions withAuditLog(Path file) {
    return new KubernetesApiOptions(
        port, file, podLogs, namespaces, tokens, watchCacheSize, bookmarkInterval, clock);
  }

  public KubernetesApiOptions withPodLogs(Path folder) {
    return new KubernetesApiOptions(
        port, auditLog, folder, namespaces, tokens, watchCacheSize, bookmarkInterval, clock);
  }

  public KubernetesApiOptions withNamespaces(String... names) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, List.of(names), tokens, watchCacheSize, bookmarkInterval, clock);
  }

  public KubernetesApiOptions withTokens(Map<String, String> users) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, namespaces, users, watchCacheSize, bookmarkInterval, clock);
  }

  public KubernetesApiOptions withWatchCacheSize(int changes) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, namespaces, tokens, changes, bookmarkInterval, clock);
  }

  public KubernetesApiOptions withBookmarkInterval(Duration every) {
    return new KubernetesApiOptions(
        port, auditLog, podLogs, namespaces, tokens, watchCacheSize, every, clock);
  }
}
