package io.firesteel.schedule.core;

import io.firesteel.ask.Ask;
import io.firesteel.event.EventHeader;

/** What a decision about a schedule leads to, besides its new state. */
public sealed interface ScheduleOutput {

  /** An ask for intake. */
  record WriteAsk(Ask ask) implements ScheduleOutput {}

  /** A public event. */
  record Publish(ScheduleKey key, long generation, EventHeader header, ScheduleEvent event)
      implements ScheduleOutput {

    /** The same for every replay: {@code tenant//name/generation/sequence}. */
    public String id() {
      return key.tenant()
          + "//"
          + key.name()
          + "/"
          + generation
          + "/"
          + "%010d".formatted(header.sequence());
    }
  }
}
