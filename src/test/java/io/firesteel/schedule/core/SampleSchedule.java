package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.schedule.core.ScheduleSettings.CatchUp;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules for tests. */
public final class SampleSchedule {

  public static final ScheduleKey NIGHTLY = new ScheduleKey("sales", "nightly");
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final List<String> crons;
  private ConcurrencyPolicy policy = ConcurrencyPolicy.ALLOW;
  private CatchUp catchUp = CatchUp.LATEST;
  private int maxCatchUp = 100;
  private @Nullable Duration deadline;
  private @Nullable Duration jitter;
  private boolean suspended;

  private SampleSchedule(String... crons) {
    this.crons = List.of(crons);
  }

  public static SampleSchedule at(String... crons) {
    return new SampleSchedule(crons);
  }

  public SampleSchedule policy(ConcurrencyPolicy other) {
    this.policy = other;
    return this;
  }

  public SampleSchedule catchUp(CatchUp other, int most) {
    this.catchUp = other;
    this.maxCatchUp = most;
    return this;
  }

  public SampleSchedule deadline(Duration other) {
    this.deadline = other;
    return this;
  }

  public SampleSchedule jitter(Duration other) {
    this.jitter = other;
    return this;
  }

  public SampleSchedule suspended() {
    this.suspended = true;
    return this;
  }

  public JobSchedule build() {
    return new JobSchedule(
        NIGHTLY,
        new ScheduleSettings(
            crons, "UTC", suspended, policy, deadline, catchUp, maxCatchUp, jitter, 3, 1),
        request(),
        true);
  }

  private static JsonNode request() {
    var request = JsonNodeFactory.instance.objectNode().put("template", "daily-totals");
    request
        .putObject("parameters")
        .put("day", "{{scheduledAt.date}}")
        .put("from", "{{previousScheduledAt.utc}}")
        .put("since", "{{previousSuccess.utc}}");
    return request;
  }

  public static Origin origin(long offset) {
    return new Origin(
        "/tests",
        "event-" + offset,
        START,
        null,
        null,
        null,
        new RecordPosition("spark-job-requests", 0, offset));
  }
}
