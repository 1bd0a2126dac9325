package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.job.Attempt;
import io.firesteel.tenant.Cluster;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens the logs of drivers for people, as they are: not redacted. Uses connections of its own, so
 * that readers of logs do not hold up the control of drivers. Thread-safe.
 */
@ApplicationScoped
public class DriverLogs {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final CurrentDefinitions definitions;
  private final ClusterConnections connections;
  private final Map<Cluster, KubernetesClient> clients = new ConcurrentHashMap<>();

  DriverLogs(CurrentDefinitions definitions, ClusterConnections connections) {
    this.definitions = definitions;
    this.connections = connections;
  }

  /**
   * Which part of a log.
   *
   * @param follow whether to go on until the container ends
   * @param tail the last lines only; null for all
   * @param since lines from this time on; null for all
   */
  public record LogRange(boolean follow, @Nullable Integer tail, @Nullable Instant since) {}

  /** The outcome of opening a log. */
  public sealed interface OpenedLog {

    /** The log; the caller closes {@code source}, which ends {@code bytes} too. */
    record Open(InputStream bytes, AutoCloseable source) implements OpenedLog {}

    /** There is no pod of the attempt. */
    record PodGone() implements OpenedLog {}

    /** The pod exists, but its container has not started. */
    record NotStarted(String reason) implements OpenedLog {}

    /** The cluster does not answer, refuses, or is not defined. */
    record Unavailable(String reason) implements OpenedLog {}
  }

  /** Opens the log of an attempt. */
  public OpenedLog open(
      @Nullable String cluster, String namespace, Attempt attempt, LogRange range) {
    Optional<Cluster> defined = definitions.get().clusters().find(cluster);
    if (defined.isEmpty()) {
      return new OpenedLog.Unavailable("the cluster is not defined");
    }
    try {
      return open(client(defined.get()), namespace, attempt, range);
    } catch (KubernetesClientException e) {
      return e.getCode() == NOT_FOUND
          ? new OpenedLog.PodGone()
          : e.getCode() == BAD_REQUEST
              ? new OpenedLog.NotStarted("the container has not started")
              : new OpenedLog.Unavailable("the API server answered " + e.getCode());
    } catch (IllegalStateException e) {
      return new OpenedLog.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static OpenedLog open(
      KubernetesClient client, String namespace, Attempt attempt, LogRange range) {
    var resource = client.pods().inNamespace(namespace).withName(DriverNames.of(attempt).pod());
    Pod pod = resource.get();
    if (pod == null || !PodReader.attemptOf(pod.getMetadata()).equals(Optional.of(attempt))) {
      return new OpenedLog.PodGone();
    }
    String waiting = waiting(pod);
    if (waiting != null) {
      return new OpenedLog.NotStarted(waiting);
    }
    return follow(resource.inContainer(PodReader.DRIVER_CONTAINER), range);
  }

  private static @Nullable String waiting(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getContainerStatuses().isEmpty()) {
      return "the pod waits for a node";
    }
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(PodReader.DRIVER_CONTAINER))
        .map(status -> status.getState() == null ? null : status.getState().getWaiting())
        .filter(Objects::nonNull)
        .map(state -> "the container waits: " + state.getReason())
        .findFirst()
        .orElse(null);
  }

  private static OpenedLog follow(ContainerResource container, LogRange range) {
    TailPrettyLoggable since =
        range.since() == null ? container : container.sinceTime(range.since().toString());
    var lines = range.tail() == null ? since : since.tailingLines(range.tail());
    if (range.follow()) {
      LogWatch watch = lines.watchLog();
      return new OpenedLog.Open(watch.getOutput(), watch);
    }
    InputStream bytes = lines.getLogInputStream();
    return new OpenedLog.Open(bytes, bytes);
  }

  private KubernetesClient client(Cluster cluster) {
    clients.keySet().stream()
        .filter(other -> other.name().equals(cluster.name()) && !other.equals(cluster))
        .forEach(this::close);
    return clients.computeIfAbsent(cluster, connections::connectForLogs);
  }

  private void close(Cluster outdated) {
    KubernetesClient client = clients.remove(outdated);
    if (client != null) {
      client.close();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    clients.keySet().forEach(this::close);
  }
}
