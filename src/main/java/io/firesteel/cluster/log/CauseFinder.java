package io.firesteel.cluster.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cause of a failure in a log: the last decisive one, or else the last error. Reads each
 * line a bounded number of times.
 */
final class CauseFinder {

  private static final String UNCAUGHT = "Exception in thread \"";
  private static final String MAIN = "Exception in thread \"main\" ";
  private static final String OUT_OF_MEMORY = "java.lang.OutOfMemoryError";

  /** Errors of SparkSubmit and of the Java launcher, which end the program. */
  private static final List<String> LAUNCH_ERRORS =
      List.of(
          "Error: Failed to load ",
          "Error: Could not find or load main class",
          "Error: Main method",
          "Error: Unable to ",
          "Error: A JNI error",
          "Error: A fatal exception",
          "Error: Invalid or corrupt jarfile",
          "Error: Missing application resource",
          "Error: No main class set",
          "Error: Cannot load main class",
          "Error: JAR ",
          "Terminating due to " + OUT_OF_MEMORY,
          "Aborting due to " + OUT_OF_MEMORY,
          "# " + OUT_OF_MEMORY);

  /** Errors of a shell or of an entry point. */
  private static final List<String> SHELL_ERRORS =
      List.of(
          ": not found",
          ": command not found",
          ": No such file or directory",
          ": Permission denied",
          ": cannot execute",
          ": Exec format error");

  private static final List<String> SYNTAX_ERRORS =
      List.of("SyntaxError: ", "IndentationError: ", "TabError: ");

  private final List<String> lines;
  private @Nullable FoundCause decisive;
  private @Nullable FoundCause error;

  private CauseFinder(List<String> lines) {
    this.lines = lines;
  }

  static @Nullable FoundCause find(List<String> lines) {
    CauseFinder finder = new CauseFinder(lines);
    for (int at = 0; at < lines.size(); ) {
      FoundCause found = finder.at(at);
      if (found != null && found.cause().decisive()) {
        finder.decisive = found;
      } else if (found != null) {
        finder.error = found;
      }
      at = found == null ? at + 1 : Math.max(found.end(), at + 1);
    }
    return finder.decisive == null ? finder.error : finder.decisive;
  }

  private @Nullable FoundCause at(int at) {
    String line = lines.get(at);
    if (line.isEmpty()) {
      return null;
    }
    if (line.startsWith(UNCAUGHT)) {
      return uncaught(at, line);
    }
    if (line.startsWith(LineKind.TRACEBACK)) {
      return PythonTrace.read(lines, at);
    }
    if (startsWithAny(line, LAUNCH_ERRORS) || isPythonLauncher(line)) {
      return launch(at, line);
    }
    if (line.startsWith("Error occurred during initialization of VM")) {
      return JavaTrace.read(lines, at, line, true);
    }
    if (startsWithAny(line, SYNTAX_ERRORS)) {
      return syntaxError(at, line);
    }
    if (line.startsWith("# There is insufficient memory for the Java Runtime")
        || line.startsWith("# A fatal error has been detected by the Java Runtime")) {
      return crash(at, line);
    }
    if (LineKind.isError(line)) {
      return logged(at, line);
    }
    if (LineKind.isThrowable(line) && hasFrames(at)) {
      return JavaTrace.isForeign(line) ? null : JavaTrace.read(lines, at, line, false);
    }
    return isShellError(line) ? single(at, line, false) : null;
  }

  /** A loop, as it runs for each line. */
  private static boolean startsWithAny(String line, List<String> beginnings) {
    for (String beginning : beginnings) {
      if (line.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable FoundCause uncaught(int at, String line) {
    int name = line.indexOf("\" ", UNCAUGHT.length());
    String headline = name < 0 ? line : line.substring(name + 2);
    if (JavaTrace.isForeign(headline)) {
      return null;
    }
    boolean ends = line.startsWith(MAIN) || headline.startsWith(OUT_OF_MEMORY);
    return JavaTrace.read(lines, at, headline, ends);
  }

  private FoundCause launch(int at, String line) {
    boolean explained = at + 1 < lines.size() && lines.get(at + 1).startsWith(LineKind.CAUSED_BY);
    List<String> cause =
        explained ? List.of(cut(line), cut(lines.get(at + 1))) : List.of(cut(line));
    return new FoundCause(new FailureCause(cause, true), at, at + cause.size());
  }

  private static boolean isPythonLauncher(String line) {
    int end = line.indexOf(": can't open file '", 0, Math.min(line.length(), 300));
    return end > 0 && line.lastIndexOf("python", end) >= 0;
  }

  private FoundCause syntaxError(int at, String line) {
    String call = PythonTrace.lastCall(lines, Math.max(0, at - 4), at);
    List<String> cause = call == null ? List.of(cut(line)) : List.of(cut(line), cut(call));
    return new FoundCause(new FailureCause(cause, true), at, at + 1);
  }

  /** The lines of a crash report begin with a number sign; the second says what happened. */
  private FoundCause crash(int at, String line) {
    for (int next = at + 1; next < Math.min(lines.size(), at + 4); next++) {
      String detail = lines.get(next).replaceFirst("^#\\s*", "");
      if (!detail.isBlank()) {
        List<String> cause = List.of(cut(detail), cut(line.substring(2)));
        return new FoundCause(new FailureCause(cause, true), at, next + 1);
      }
    }
    return single(at, line.substring(2), true);
  }

  /** An error that the program logged, with the exception if one follows. */
  private FoundCause logged(int at, String line) {
    int next = at + 1;
    if (next < lines.size() && LineKind.isThrowable(lines.get(next))) {
      return JavaTrace.isForeign(lines.get(next))
          ? single(at, line, false)
          : JavaTrace.read(lines, next, lines.get(next), false);
    }
    return single(at, line, false);
  }

  private boolean hasFrames(int at) {
    for (int next = at + 1; next < Math.min(lines.size(), at + 20); next++) {
      if (LineKind.isJavaFrame(lines.get(next))) {
        return true;
      }
      if (LineKind.isRecord(lines.get(next))) {
        return false;
      }
    }
    return false;
  }

  private static boolean isShellError(String line) {
    if (line.length() >= 1000 || LineKind.isRecord(line) || LineKind.isIndented(line)) {
      return false;
    }
    for (String error : SHELL_ERRORS) {
      if (line.endsWith(error)) {
        return true;
      }
    }
    return false;
  }

  private static FoundCause single(int at, String line, boolean decisive) {
    return new FoundCause(new FailureCause(List.of(cut(line)), decisive), at, at + 1);
  }

  private static String cut(String line) {
    return JavaTrace.cut(line);
  }
}
