package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.TenantLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The limits in the order in which admission read them. The inbox has their order, the published
 * events have the times of some decisions; so a limit is known to be in force from some time
 * between two decisions. In doubt, the higher limit counts. Add everything before the first
 * question.
 */
final class LimitHistory {

  /** A position in the inbox. */
  record Position(int partition, long offset) {}

  /** A limit from a position on; {@code written} is a time before it was read. */
  private record Entry(Position position, long written, int limit) {}

  /** When a limit came into force: no earlier and no later. */
  private record Window(long earliest, long latest, int limit) {}

  private final Map<String, List<Entry>> limits = new HashMap<>();
  private final Map<Integer, TreeMap<Long, Long>> decided = new HashMap<>();
  private final Map<String, List<Window>> windows = new HashMap<>();
  private final Map<String, List<Position>> submitted = new HashMap<>();

  /** Adds a record of the inbox; all of a partition come in their order. */
  void add(Position position, long written, JsonNode message) {
    String tenant = message.path("tenant").asText();
    switch (message.path("kind").asText()) {
      case "tenant-defined" -> {
        JsonNode defined = message.path("limits");
        String name = defined.path("tenant").asText();
        add("tenant " + name, position, written, defined.path("maxConcurrency").asInt());
        int shared = defined.path("cohortMaxConcurrency").asInt();
        add("cohort " + defined.path("cohort").asText(), position, written, shared);
      }
      case "tenant-removed" -> add("tenant " + tenant, position, written, 0);
      case "tenant-suspended" -> add("suspension " + tenant, position, written, 0);
      case "tenant-resumed" ->
          add("suspension " + tenant, position, written, TenantLimits.UNLIMITED);
      case "submitted" ->
          submitted
              .computeIfAbsent(message.path("job").path("key").asText(), _ -> new ArrayList<>())
              .add(position);
      default -> {}
    }
  }

  private void add(String name, Position position, long written, int limit) {
    limits.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Entry(position, written, limit));
  }

  /**
   * Adds when the record of a job was decided on, in milliseconds since 1970. A job with several
   * records is left out, because admission may have refused the first ones.
   */
  void accepted(String job, long time) {
    List<Position> positions = submitted.getOrDefault(job, List.of());
    if (positions.size() == 1) {
      Position position = positions.getFirst();
      decided
          .computeIfAbsent(position.partition(), _ -> new TreeMap<>())
          .put(position.offset(), time);
    }
  }

  /** The highest number of slots that a tenant may have had at a time. */
  int ofTenant(String tenant, long time) {
    return Math.min(
        highest("tenant " + tenant, time, 0),
        highest("suspension " + tenant, time, TenantLimits.UNLIMITED));
  }

  /** The highest number of slots that a cohort may have had at a time. */
  int ofCohort(String cohort, long time) {
    return highest("cohort " + cohort, time, 0);
  }

  /** The highest limit that a tenant ever had. */
  int highestOfTenant(String tenant) {
    return limits.getOrDefault("tenant " + tenant, List.of()).stream()
        .mapToInt(Entry::limit)
        .max()
        .orElse(0);
  }

  private int highest(String name, long time, int initially) {
    int highest = -1;
    int before = initially;
    for (Window window : windows.computeIfAbsent(name, this::windows)) {
      if (window.latest() >= time) {
        highest = Math.max(highest, before);
      }
      if (window.earliest() > time) {
        return highest;
      }
      before = window.limit();
    }
    return Math.max(highest, before);
  }

  private List<Window> windows(String name) {
    return limits.getOrDefault(name, List.of()).stream().map(this::window).toList();
  }

  /** From the last known decision before the position to the first one after it. */
  private Window window(Entry entry) {
    Position position = entry.position();
    TreeMap<Long, Long> times = decided.getOrDefault(position.partition(), new TreeMap<>());
    long before = max(times.headMap(position.offset()));
    long after =
        times.tailMap(position.offset()).values().stream()
            .min(Comparator.naturalOrder())
            .orElse(Long.MAX_VALUE);
    return new Window(Math.max(before, entry.written()), after, entry.limit());
  }

  private static long max(Map<Long, Long> times) {
    return times.values().stream().max(Comparator.naturalOrder()).orElse(0L);
  }
}
