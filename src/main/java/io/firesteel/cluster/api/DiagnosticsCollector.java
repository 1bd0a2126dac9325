package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.reconcile.Diagnostics;
import io.firesteel.cluster.reconcile.Effect.Diagnose;
import io.firesteel.redaction.Redaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects diagnostics of a failed driver: the end of its log and the cluster's warnings about its
 * pod, secrets redacted. Leaves out what cannot be read. Thread-safe.
 */
public final class DiagnosticsCollector {

  private static final long MAX_LOG_BYTES = 64 << 10;
  private static final long MAX_EVENTS = 100;

  private final KubernetesClient client;
  private final int logTailLines;

  public DiagnosticsCollector(KubernetesClient client, int logTailLines) {
    this.client = client;
    this.logTailLines = logTailLines;
  }

  /** The diagnostics of a failed driver; without those that cannot be read. */
  public Diagnostics collect(Diagnose request) {
    return new Diagnostics(request.log() ? logTail(request) : null, warnings(request));
  }

  private @Nullable String logTail(Diagnose request) {
    try {
      String log =
          client
              .pods()
              .inNamespace(request.namespace())
              .withName(request.name())
              .inContainer(PodReader.DRIVER_CONTAINER)
              .tailingLines(logTailLines)
              .getLog();
      return log == null || log.isBlank() ? null : Redaction.redact(end(log));
    } catch (KubernetesClientException _) {
      return null;
    }
  }

  private static String end(String log) {
    int length = log.length();
    return length <= MAX_LOG_BYTES ? log : log.substring((int) (length - MAX_LOG_BYTES), length);
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
