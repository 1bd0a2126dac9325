package io.firesteel.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Drops events of {@code spark-job-events} or {@code spark-job-results} that a reader has already
 * read. docs/events.md shows this code.
 */
public final class NewEventFilter {

  // shown from here
  private record Place(long generation, long sequence) {}

  /** The place of the last event of each job; keep it with what you make of the events. */
  private final Map<String, Place> last = new HashMap<>();

  /** Whether an event of a job is a new one; false for one that was delivered again. */
  public boolean isNew(JsonNode event) {
    long generation = event.path("data").path("generation").asLong();
    long sequence = Long.parseLong(event.path("sequence").asText());
    Place before = last.getOrDefault(event.path("partitionkey").asText(), new Place(0, 0));
    boolean later =
        generation > before.generation()
            || (generation == before.generation() && sequence > before.sequence());
    if (later) {
      last.put(event.path("partitionkey").asText(), new Place(generation, sequence));
    }
    return later;
  }
  // to here
}
