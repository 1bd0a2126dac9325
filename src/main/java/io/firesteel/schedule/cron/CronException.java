package io.firesteel.schedule.cron;

/** A schedule that cannot be read; the message says why and how to mend it. */
public final class CronException extends Exception {

  private static final long serialVersionUID = 1L;

  CronException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
