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
 * The platform's own log, broker and all: a file, for the terminal belongs to its user. Without
 * this Quarkus' log manager, which waits for an application that never comes, takes every message
 * from TRACE on, and formatting them costs a fifth of the processor.
 */
public final class LaptopLog {

  private LaptopLog() {}

  /** Appends to a file, from warnings on; its folder is made when missing. */
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
      throw new UncheckedIOException("cannot write to " + file, e);
    }
  }

  /** For what the terminal gets a sentence about. */
  static void logFailure(String what, Exception why) {
    LogContext.getLogContext().getLogger("firesteel").log(Level.ERROR, what, why);
  }
}
