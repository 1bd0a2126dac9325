package io.firesteel.schedule.core;

import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of a schedule's jobs. The same cause always has the same id, so that a nominal time has
 * one job, however often it is asked for.
 */
public final class RunId {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern FORM =
      Pattern.compile("s-(.+)-(?:[0-9]{8}T[0-9]{6}Z|run-[0-9a-f]{16})");
  private static final int DIGITS = 16;

  private RunId() {}

  /** The job of a nominal time. */
  static JobKey of(ScheduleKey schedule, Instant scheduledAt) {
    return new JobKey(schedule.tenant(), "s-" + schedule.name() + "-" + STAMP.format(scheduledAt));
  }

  /** The job of a run that an event asks for. */
  static JobKey of(ScheduleKey schedule, Origin origin) {
    String digest = Sha256.of(origin.source() + "\0" + origin.id()).substring(0, DIGITS);
    return new JobKey(schedule.tenant(), "s-" + schedule.name() + "-run-" + digest);
  }

  /** The schedule to which an id may belong; others can use such an id, too. */
  public static Optional<ScheduleKey> scheduleOf(JobKey job) {
    Matcher match = FORM.matcher(job.id());
    return match.matches()
        ? Optional.of(new ScheduleKey(job.tenant(), match.group(1)))
        : Optional.empty();
  }
}
