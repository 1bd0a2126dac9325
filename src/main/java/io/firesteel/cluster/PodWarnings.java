package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Comparator;
import java.util.List;

/**
 * What the cluster's events of a driver's pod tell of its failure: the last warnings, secrets
 * redacted, oldest first. What was amiss before the driver's container started is mended: every
 * driver is waited for until its ConfigMap is there, and some until there is a node. Pure.
 */
final class PodWarnings {

  private static final int MOST = 3;
  private static final int LONGEST = 500;
  private static final String FIELD = "spec.containers{" + PodReader.DRIVER_CONTAINER + "}";

  private PodWarnings() {}

  static List<String> of(List<Event> events) {
    String started =
        events.stream()
            .filter(PodWarnings::isStart)
            .map(PodWarnings::when)
            .max(Comparator.naturalOrder())
            .orElse("");
    return events.stream()
        .filter(event -> "Warning".equals(event.getType()) && when(event).compareTo(started) > 0)
        .sorted(Comparator.comparing(PodWarnings::when).reversed())
        .map(PodWarnings::text)
        .distinct()
        .limit(MOST)
        .toList()
        .reversed();
  }

  private static boolean isStart(Event event) {
    return "Started".equals(event.getReason())
        && FIELD.equals(event.getInvolvedObject().getFieldPath());
  }

  /** ISO 8601 in UTC, which sorts as text. */
  private static String when(Event event) {
    String last = event.getLastTimestamp();
    String created = event.getMetadata().getCreationTimestamp();
    return last != null ? last : created == null ? "" : created;
  }

  private static String text(Event event) {
    String message = event.getMessage() == null ? "" : event.getMessage().strip();
    String cut = message.length() <= LONGEST ? message : message.substring(0, LONGEST);
    return Redaction.redact(event.getReason() + ": " + cut);
  }
}
