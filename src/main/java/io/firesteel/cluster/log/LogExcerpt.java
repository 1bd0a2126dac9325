package io.firesteel.cluster.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a log tells about a failure.
 *
 * @param cause what ended the program; null if the log does not say
 * @param tail the lines that matter: those of the cause and the last ones, with the calls of stack
 *     traces folded
 */
public record LogExcerpt(@Nullable FailureCause cause, String tail) {

  /** The least part of the tail that the last lines get, beside those of the cause. */
  private static final int LAST_LINES = 4;

  /** Reads the end of a log; the tail gets at most the given number of lines. */
  public static LogExcerpt of(String logEnd, int maxLines) {
    List<String> lines = LogLines.of(logEnd);
    FoundCause found = CauseFinder.find(lines);
    String tail = found == null ? last(lines, maxLines) : tail(lines, found, maxLines);
    return new LogExcerpt(found == null ? null : found.cause(), tail);
  }

  private static String last(List<String> lines, int max) {
    List<String> folded = FoldedTrace.fold(lines);
    return text(folded.subList(Math.max(0, folded.size() - max), folded.size()));
  }

  private static String tail(List<String> lines, FoundCause found, int max) {
    List<String> cause = FoldedTrace.fold(lines.subList(found.start(), found.end()));
    List<String> after = FoldedTrace.fold(lines.subList(found.end(), lines.size()));
    if (cause.size() + after.size() <= max) {
      List<String> before = FoldedTrace.fold(lines.subList(0, found.start()));
      int room = Math.min(before.size(), max - cause.size() - after.size());
      List<String> all = new ArrayList<>(before.subList(before.size() - room, before.size()));
      all.addAll(cause);
      all.addAll(after);
      return text(all);
    }
    int ofCause = Math.min(cause.size(), Math.max(1, max - 1 - Math.min(after.size(), LAST_LINES)));
    int ofAfter = Math.max(0, Math.min(after.size(), max - ofCause - 1));
    List<String> all = new ArrayList<>(cause.subList(0, ofCause));
    if (ofCause < max) {
      all.add("… %d lines".formatted(cause.size() - ofCause + after.size() - ofAfter));
    }
    all.addAll(after.subList(after.size() - ofAfter, after.size()));
    return text(all);
  }

  private static String text(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(JavaTrace.cut(line)).append('\n'));
    return text.toString();
  }
}
