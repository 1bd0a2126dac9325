package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.log.LogExcerpt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a failed driver left besides its status, secrets redacted.
 *
 * @param log what the end of the log of its ended container tells; null if there is no log
 * @param warnings the last warning events about its pod, oldest first
 */
public record Diagnostics(@Nullable LogExcerpt log, List<String> warnings) {

  static final Diagnostics NONE = new Diagnostics(null, List.of());

  public Diagnostics {
    warnings = List.copyOf(warnings);
  }

  /** The message, followed by the warnings that it does not contain yet. */
  String appendWarnings(String message) {
    StringBuilder all = new StringBuilder(message);
    warnings.stream()
        .filter(warning -> !message.contains(warning))
        .forEach(warning -> all.append('\n').append(warning));
    return all.toString();
  }
}
