package io.firesteel.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a class logs while this is open. */
public final class CapturedLog extends Handler implements AutoCloseable {

  /** One line: its text and its fields. */
  public record Line(String text, Map<String, String> fields) {}

  private final List<Line> lines = new ArrayList<>();
  private final Logger logger;

  private CapturedLog(Logger logger) {
    this.logger = logger;
  }

  /** Begins to listen. */
  public static CapturedLog by(Class<?> type) {
    CapturedLog capturedLog = new CapturedLog(Logger.getLogger(type.getName()));
    capturedLog.logger.addHandler(capturedLog);
    return capturedLog;
  }

  /** So far. */
  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  @Override
  public synchronized void publish(LogRecord logged) {
    lines.add(new Line(logged.getMessage(), Map.copyOf(ExtLogRecord.wrap(logged).getMdcCopy())));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
