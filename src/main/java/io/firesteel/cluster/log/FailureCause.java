package io.firesteel.cluster.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ended a program, in the program's own words: an exception with its causes, or the error of a
 * launcher.
 *
 * @param lines not empty; the first names the cause
 * @param decisive whether the program ended because of it; otherwise it was the last error before
 *     the end
 */
public record FailureCause(List<String> lines, boolean decisive) {

  public FailureCause {
    lines = List.copyOf(lines);
  }

  /** The cause that a text tells, such as a termination message; null if it tells none. */
  public static @Nullable FailureCause in(String text) {
    FoundCause found = CauseFinder.find(LogLines.of(text));
    return found == null ? null : found.cause();
  }

  /**
   * The exception of a stack trace with its causes; null if it only says that a program of another
   * language failed.
   */
  public static @Nullable FailureCause ofException(String stackTrace) {
    List<String> lines = LogLines.of(stackTrace);
    if (lines.isEmpty() || JavaTrace.isForeign(lines.getFirst())) {
      return null;
    }
    return JavaTrace.read(lines, 0, lines.getFirst(), true).cause();
  }

  /** The lines as one text. */
  public String text() {
    return String.join("\n", lines);
  }
}
