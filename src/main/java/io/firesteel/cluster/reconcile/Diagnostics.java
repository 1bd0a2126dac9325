package io.firesteel.cluster.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found about a failed driver besides its status, secrets redacted.
 *
 * @param logTail the last lines of its log; null when there is none any more
 * @param warnings the cluster's last warnings about its pod, oldest first
 */
public record Diagnostics(@Nullable String logTail, List<String> warnings) {

  public static final Diagnostics NONE = new Diagnostics(null, List.of());

  public Diagnostics {
    warnings = List.copyOf(warnings);
  }

  /** A message with the warnings that it does not hold yet. */
  String appendWarnings(String message) {
    StringBuilder all = new StringBuilder(message);
    warnings.stream()
        .filter(warning -> !message.contains(warning))
        .forEach(warning -> all.append('\n').append(warning));
    return all.toString();
  }
}
