package io.firesteel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.FileHandler;

/**
 * Writes the platform's log, including the broker's, to a file. Without this, Quarkus' log manager
 * formats every message from TRACE on, which costs a fifth of the CPU time.
 */
public final class LaptopLog {

  private LaptopLog() {}

  /** Appends warnings and errors to the file; creates its folder if it does not exist. */
  public static void writeTo(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Handler handler =
          new FileHandler(
              new PatternFormatter("%d{HH:mm:ss.SSS} %-5p [%c{2}] %s%e%n"), file.toFile(), true);
      Logger root = LogContext.getLogContext().getLogger("");
      root.setLevel(Level.WARN);
      for (Handler before : root.clearHandlers()) {
        before.close();
      }
      root.addHandler(handler);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log " + file, e);
    }
  }

  /** Logs the stack trace of a failure of which the user sees only the message. */
  static void logFailure(String what, Exception why) {
    LogContext.getLogContext().getLogger("firesteel").log(Level.ERROR, what, why);
  }
}
