package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.Event;
import io.firesteel.redaction.Redaction;
import java.util.Comparator;
import java.util.List;

/**
 * The last warning events about a driver's pod, secrets redacted, oldest first. Warnings from
 * before the container started no longer matter: every pod waits for its ConfigMap at first, and
 * some wait for a node. Pure.
 */
final class PodWarnings {

  private static final int MAX_WARNINGS = 3;
  private static final int MAX_LENGTH = 500;

  private PodWarnings() {}

  static List<String> of(List<Event> events) {
    List<Event> starts = events.stream().filter(e -> "Started".equals(e.getReason())).toList();
    return events.stream()
        .filter(event -> "Warning".equals(event.getType()) && !isFailedProbe(event))
        .filter(event -> starts.stream().noneMatch(start -> isResolvedBy(start, event)))
        .sorted(Comparator.comparing(PodWarnings::timestamp).reversed())
        .map(PodWarnings::text)
        .distinct()
        .limit(MAX_WARNINGS)
        .toList()
        .reversed();
  }

  /** Every driver fails its startup probe until Spark's UI listens. */
  private static boolean isFailedProbe(Event event) {
    String message = event.getMessage();
    return "Unhealthy".equals(event.getReason())
        && message != null
        && message.startsWith("Startup probe failed");
  }

  /** A start resolves earlier warnings about the same container, or about the whole pod. */
  private static boolean isResolvedBy(Event start, Event warning) {
    String container = warning.getInvolvedObject().getFieldPath();
    boolean concerns =
        container == null || container.equals(start.getInvolvedObject().getFieldPath());
    return concerns && timestamp(start).compareTo(timestamp(warning)) >= 0;
  }

  /** ISO 8601 in UTC, which sorts as text. */
  private static String timestamp(Event event) {
    String last = event.getLastTimestamp();
    String created = event.getMetadata().getCreationTimestamp();
    return last != null ? last : created == null ? "" : created;
  }

  private static String text(Event event) {
    String message = event.getMessage() == null ? "" : event.getMessage().strip();
    String cut = message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH);
    return Redaction.redact(event.getReason() + ": " + cut);
  }
}
