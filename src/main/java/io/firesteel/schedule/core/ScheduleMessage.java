package io.firesteel.schedule.core;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.firesteel.event.Outcome;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of the schedules topic, keyed by tenant. Each may arrive more than once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ScheduleMessage.Defined.class, name = "defined"),
  @JsonSubTypes.Type(value = ScheduleMessage.Listed.class, name = "listed"),
  @JsonSubTypes.Type(value = ScheduleMessage.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = ScheduleMessage.Suspended.class, name = "suspended"),
  @JsonSubTypes.Type(value = ScheduleMessage.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = ScheduleMessage.RunRequested.class, name = "run"),
  @JsonSubTypes.Type(value = ScheduleMessage.JobEnded.class, name = "job-ended")
})
public sealed interface ScheduleMessage {

  /**
   * A definition, or a change of it.
   *
   * @param origin the event that applied it; null for one of the definitions directory
   */
  record Defined(JobSchedule schedule, @Nullable Origin origin) implements ScheduleMessage {}

  /** All schedules that the definitions directory has for a tenant; others of it are removed. */
  record Listed(String tenant, List<String> names) implements ScheduleMessage {
    public Listed {
      names = List.copyOf(names);
    }
  }

  /** An event about one schedule. */
  sealed interface Control extends ScheduleMessage {
    /** The schedule. */
    ScheduleKey key();

    /** The event. */
    Origin origin();
  }

  /** An event deletes a schedule. */
  record Deleted(ScheduleKey key, Origin origin) implements Control {}

  /** An event suspends a schedule. */
  record Suspended(ScheduleKey key, Origin origin) implements Control {}

  /** An event resumes a schedule. */
  record Resumed(ScheduleKey key, Origin origin) implements Control {}

  /** An event asks for a run now. */
  record RunRequested(ScheduleKey key, Origin origin) implements Control {}

  /** A job with the id of a schedule's run ended, whoever requested it. */
  record JobEnded(JobKey job, Outcome outcome, Instant at) implements ScheduleMessage {}

  /** The tenant, which is the key of the record. */
  default String tenant() {
    return switch (this) {
      case Defined(var schedule, _) -> schedule.key().tenant();
      case Listed(var tenant, _) -> tenant;
      case Control control -> control.key().tenant();
      case JobEnded(var job, _, _) -> job.tenant();
    };
  }
}
