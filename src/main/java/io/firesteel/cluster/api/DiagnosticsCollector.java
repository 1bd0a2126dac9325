package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.log.LogExcerpt;
import io.firesteel.cluster.reconcile.Diagnostics;
import io.firesteel.cluster.reconcile.Effect.Diagnose;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects diagnostics of a failed driver: what the end of the log of its ended container tells and
 * the cluster's warnings about its pod, secrets redacted. Leaves out what cannot be read.
 * Thread-safe.
 */
public final class DiagnosticsCollector {

  /** The end of a log that is read. A trace of Spark has some tens of KiB. */
  private static final int MAX_LOG_LINES = 2000;

  private static final int MAX_LOG_BYTES = 256 << 10;
  private static final long MAX_EVENTS = 100;

  private final KubernetesClient client;
  private final int logTailLines;

  public DiagnosticsCollector(KubernetesClient client, int logTailLines) {
    this.client = client;
    this.logTailLines = logTailLines;
  }

  public Diagnostics collect(Diagnose request) {
    String container = request.container();
    return new Diagnostics(container == null ? null : log(request, container), warnings(request));
  }

  /** Reads the log's end; fewer lines if the bytes of more would exceed the bound. */
  private @Nullable LogExcerpt log(Diagnose request, String container) {
    try {
      String log = null;
      for (int lines = MAX_LOG_LINES; lines > 0; lines /= 2) {
        String end = read(request, container, lines);
        if (end == null || end.isBlank()) {
          break;
        }
        log = end;
        // A log that reaches the bound was cut at its end, where the cause is.
        if (end.getBytes(StandardCharsets.UTF_8).length < MAX_LOG_BYTES) {
          break;
        }
      }
      return log == null ? null : LogExcerpt.of(log, logTailLines);
    } catch (KubernetesClientException _) {
      return null;
    }
  }

  private @Nullable String read(Diagnose request, String container, int lines) {
    return client
        .pods()
        .inNamespace(request.namespace())
        .withName(request.name())
        .inContainer(container)
        .limitBytes(MAX_LOG_BYTES)
        .tailingLines(lines)
        .getLog();
  }

  private List<String> warnings(Diagnose request) {
    try {
      return PodWarnings.of(
          client
              .v1()
              .events()
              .inNamespace(request.namespace())
              .withFields(fields(request))
              .list(new ListOptionsBuilder().withLimit(MAX_EVENTS).build())
              .getItems());
    } catch (KubernetesClientException _) {
      return List.of();
    }
  }

  private static Map<String, String> fields(Diagnose request) {
    Map<String, String> fields = new HashMap<>();
    fields.put("involvedObject.kind", "Pod");
    fields.put("involvedObject.name", request.name());
    if (request.uid() != null) {
      fields.put("involvedObject.uid", request.uid());
    }
    return fields;
  }
}
