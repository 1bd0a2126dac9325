package io.firesteel.local.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link KubernetesApi}. {@link #any()} is a server on a free port that logs
 * nothing; the {@code with…} methods change one thing each.
 *
 * @param port 0 takes any free port; the server only listens on 127.0.0.1
 * @param auditLog the file that grows by a line per write, or null for none
 * @param podLogs the folder in which the kubelet writes {@code <pod uid>/<container>.log}, or null
 * @param namespaces made at the start besides {@code default} and {@code kube-system}
 * @param tokens bearer token to user name. Empty: every token is accepted and ignored. Otherwise an
 *     unknown token is refused with 401; no token at all is {@code system:anonymous}
 * @param history how many changes of each kind a watch can go back
 * @param bookmarkEvery how often watches that ask for bookmarks get one
 * @param clock where the time comes from
 */
public record Options(
    int port,
    @Nullable Path auditLog,
    @Nullable Path podLogs,
    List<String> namespaces,
    Map<String, String> tokens,
    int history,
    Duration bookmarkEvery,
    InstantSource clock) {

  public Options {
    namespaces = List.copyOf(namespaces);
    tokens = Map.copyOf(tokens);
    if (history < 1) {
      throw new IllegalArgumentException("history holds at least one change, not " + history);
    }
  }

  public static Options any() {
    return new Options(
        0, null, null, List.of(), Map.of(), 10_000, Duration.ofSeconds(30), InstantSource.system());
  }

  public Options withPort(int newPort) {
    return new Options(
        newPort, auditLog, podLogs, namespaces, tokens, history, bookmarkEvery, clock);
  }

  public Options withAuditLog(Path file) {
    return new Options(port, file, podLogs, namespaces, tokens, history, bookmarkEvery, clock);
  }

  public Options withPodLogs(Path folder) {
    return new Options(port, auditLog, folder, namespaces, tokens, history, bookmarkEvery, clock);
  }

  public Options withNamespaces(String... names) {
    return new Options(
        port, auditLog, podLogs, List.of(names), tokens, history, bookmarkEvery, clock);
  }

  public Options withTokens(Map<String, String> users) {
    return new Options(port, auditLog, podLogs, namespaces, users, history, bookmarkEvery, clock);
  }

  public Options withHistory(int changes) {
    return new Options(port, auditLog, podLogs, namespaces, tokens, changes, bookmarkEvery, clock);
  }

  public Options withBookmarkEvery(Duration every) {
    return new Options(port, auditLog, podLogs, namespaces, tokens, history, every, clock);
  }
}
