package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.Effect.Investigate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out more about a failed driver: the end of its log and the cluster's warnings about its
 * pod, secrets redacted. What cannot be read is not waited for. Thread-safe.
 */
final class Inquiry {

  private static final int MOST_WARNINGS = 3;
  private static final int LONGEST_WARNING = 500;
  private static final long LONGEST_LOG_BYTES = 64 << 10;
  private static final long MOST_EVENTS = 100;

  private final KubernetesClient client;
  private final int logTailLines;

  Inquiry(KubernetesClient client, int logTailLines) {
    this.client = client;
    this.logTailLines = logTailLines;
  }

  Evidence of(Investigate asked) {
    return new Evidence(asked.log() ? logTail(asked) : null, warnings(asked));
  }

  private @Nullable String logTail(Investigate asked) {
    try {
      String log =
          client
              .pods()
              .inNamespace(asked.namespace())
              .withName(asked.name())
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
    return length <= LONGEST_LOG_BYTES
        ? log
        : log.substring((int) (length - LONGEST_LOG_BYTES), length);
  }

  private List<String> warnings(Investigate asked) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(asked.namespace())
          .withFields(fields(asked))
          .list(
              new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                  .withLimit(MOST_EVENTS)
                  .build())
          .getItems()
          .stream()
          .filter(event -> "Warning".equals(event.getType()))
          .sorted(Comparator.comparing(Inquiry::when).reversed())
          .map(Inquiry::text)
          .distinct()
          .limit(MOST_WARNINGS)
          .toList()
          .reversed();
    } catch (KubernetesClientException _) {
      return List.of();
    }
  }

  private static Map<String, String> fields(Investigate asked) {
    Map<String, String> fields = new HashMap<>();
    fields.put("involvedObject.kind", "Pod");
    fields.put("involvedObject.name", asked.name());
    if (asked.uid() != null) {
      fields.put("involvedObject.uid", asked.uid());
    }
    return fields;
  }

  private static String when(Event event) {
    String last = event.getLastTimestamp();
    String created = event.getMetadata().getCreationTimestamp();
    return last != null ? last : created == null ? "" : created;
  }

  private static String text(Event event) {
    String message = event.getMessage() == null ? "" : event.getMessage().strip();
    String cut =
        message.length() <= LONGEST_WARNING ? message : message.substring(0, LONGEST_WARNING);
    return Redaction.redact(event.getReason() + ": " + cut);
  }
}
