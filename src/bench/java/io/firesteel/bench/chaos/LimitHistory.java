package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits in the order in which admission read them. The inbox has their order, the published
 * events have the times of some decisions; so a limit is known to be in force from some time
 * between two decisions. A limit counts in the tenant's home, from its arrival there until it moves
 * on. In doubt, the higher limit counts. Add everything before the first question.
 */
final class LimitHistory {

  /** A position in the inbox. */
  record Position(int partition, long offset) {}

  /** A record about a tenant; {@code written} is a time before admission read it. */
  private record Change(
      String tenant, String key, Position position, long written, JsonNode message) {

    boolean is(String kind) {
      return message.path("kind").asText().equals(kind);
    }
  }

  /** A limit from a position on, {@code certain} unless the tenant may have moved away before. */
  private record Entry(Position position, long written, int limit, boolean certain) {

    Entry(Change change, int limit, boolean certain) {
      this(change.position(), change.written(), limit, certain);
    }
  }

  /** When a limit came into force: no earlier and no later. */
  private record Window(long earliest, long latest, int limit, boolean certain) {}

  /** A tenant in one of its homes; {@code leaves} is the record that hands it over to the next. */
  private record Stay(String cohort, @Nullable Change arrives, @Nullable Change leaves) {}

  private static final String MOVED = "tenant-moved";

  private final Map<String, List<Change>> changes = new HashMap<>();
  private final Map<Integer, TreeMap<Long, Long>> decided = new HashMap<>();
  private final Map<String, List<Position>> submitted = new HashMap<>();
  private final Map<String, List<Entry>> limits = new HashMap<>();
  private final Map<String, List<Window>> windows = new HashMap<>();
  private boolean resolved;

  /** Adds a record of the inbox; all of a partition come in their order. */
  void add(Position position, String key, long written, JsonNode message) {
    switch (message.path("kind").asText()) {
      case "tenant-defined", MOVED -> {
        String tenant = message.path("limits").path("tenant").asText();
        add(new Change(tenant, key, position, written, message));
      }
      case "tenant-removed", "tenant-suspended", "tenant-resumed" ->
          add(new Change(message.path("tenant").asText(), key, position, written, message));
      case "submitted" ->
          submitted
              .computeIfAbsent(message.path("job").path("key").asText(), _ -> new ArrayList<>())
              .add(position);
      default -> {}
    }
  }

  private void add(Change change) {
    changes.computeIfAbsent(change.tenant(), _ -> new ArrayList<>()).add(change);
  }

  /**
   * Adds when the record of a job was decided on, in milliseconds since 1970. A job with several
   * records is left out, because admission may have refused or forwarded the first ones.
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

  /** How often a tenant moved to another cohort. */
  long moves() {
    return changes.values().stream().flatMap(List::stream).filter(c -> c.is(MOVED)).count();
  }

  /** The highest number of slots that a tenant may have had at a time. */
  int ofTenant(String tenant, long time) {
    return Math.min(
        highest("tenant " + tenant, time, 0),
        highest("suspension " + tenant, time, TenantLimits.UNLIMITED));
  }

  /** The highest number of slots that a cohort may have had at a time. */
  int ofCohort(String cohort, long time) {
    return highest("cohort " + cohort, time, TenantLimits.UNLIMITED);
  }

  /** The highest limit that a tenant ever had. */
  int highestOfTenant(String tenant) {
    return entries("tenant " + tenant).stream().mapToInt(Entry::limit).max().orElse(0);
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
      before = window.certain() ? window.limit() : Math.max(before, window.limit());
    }
    return Math.max(highest, before);
  }

  private List<Window> windows(String name) {
    return entries(name).stream()
        .map(entry ->
            new Window(
                earliest(entry.position(), entry.written()),
                latest(entry.position()),
                entry.limit(),
                entry.certain()))
        .toList();
  }

  /** The last known decision before the position, or when the record was written. */
  private long earliest(Position position, long written) {
    TreeMap<Long, Long> times = decided.getOrDefault(position.partition(), new TreeMap<>());
    return times.headMap(position.offset()).values().stream()
        .reduce(written, (a, b) -> Math.max(a, b));
  }

  /** The first known decision after the position. */
  private long latest(Position position) {
    TreeMap<Long, Long> times = decided.getOrDefault(position.partition(), new TreeMap<>());
    return times.tailMap(position.offset()).values().stream()
        .min(Comparator.naturalOrder())
        .orElse(Long.MAX_VALUE);
  }

  private List<Entry> entries(String name) {
    if (!resolved) {
      resolved = true;
      changes.forEach(this::resolve);
      limits.entrySet().stream()
          .filter(limit -> limit.getKey().startsWith("cohort "))
          .forEach(limit ->
              limit.getValue().sort(Comparator.comparing(entry -> entry.position().offset())));
    }
    return limits.getOrDefault(name, List.of());
  }

  private void resolve(String tenant, List<Change> all) {
    Map<String, RecordPosition> lastControl = new HashMap<>();
    for (Stay stay : stays(tenant, all)) {
      Change arrives = stay.arrives();
      if (arrives != null) {
        defined(arrives, stay.cohort(), true);
        int limit = arrives.message().path("suspended").asBoolean() ? 0 : TenantLimits.UNLIMITED;
        add("suspension " + tenant, new Entry(arrives, limit, true));
      }
      for (Change change : all) {
        if (!change.is(MOVED) && isReadIn(stay, change)) {
          resolve(change, stay, lastControl);
        }
      }
    }
  }

  private void resolve(Change change, Stay stay, Map<String, RecordPosition> lastControl) {
    Change leaves = stay.leaves();
    boolean certain = leaves == null || latest(change.position()) < leaves.written();
    String tenant = change.tenant();
    if (change.is("tenant-defined")) {
      defined(change, stay.cohort(), certain);
    } else if (change.is("tenant-removed")) {
      add("tenant " + tenant, new Entry(change, 0, certain));
    } else if (isNewer(change, lastControl)) {
      int limit = change.is("tenant-suspended") ? 0 : TenantLimits.UNLIMITED;
      add("suspension " + tenant, new Entry(change, limit, certain));
    }
  }

  /** A suspension or resumption that intake read again changes nothing. */
  private static boolean isNewer(Change change, Map<String, RecordPosition> last) {
    JsonNode record = change.message().path("origin").path("record");
    if (record.isMissingNode() || record.isNull()) {
      return true;
    }
    RecordPosition position = JsonCodec.MAPPER.convertValue(record, RecordPosition.class);
    String partition = position.topic() + "-" + position.partition();
    boolean newer = !position.isAtOrBefore(last.get(partition));
    last.put(partition, newer ? position : Objects.requireNonNull(last.get(partition)));
    return newer;
  }

  /** A cohort's limit is that of its latest definition by a tenant that belongs to it. */
  private void defined(Change change, String home, boolean certain) {
    JsonNode defined = change.message().path("limits");
    add(
        "tenant " + change.tenant(),
        new Entry(change, defined.path("maxConcurrency").asInt(), certain));
    if (defined.path("cohort").asText().equals(home)) {
      int shared = defined.path("cohortMaxConcurrency").asInt();
      add("cohort " + home, new Entry(change, shared, certain));
    }
  }

  private void add(String name, Entry entry) {
    limits.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
  }

  /**
   * Whether admission may have read a record during a stay, after the arrival, in its partition.
   */
  private boolean isReadIn(Stay stay, Change change) {
    Change arrives = stay.arrives();
    Change leaves = stay.leaves();
    boolean arrived =
        arrives == null
            ? change.key().equals(stay.cohort())
            : change.position().partition() == arrives.position().partition()
                && change.position().offset() > arrives.position().offset();
    return arrived
        && (leaves == null || earliest(change.position(), change.written()) <= leaves.written());
  }

  /** The tenant's homes in their order; the first is the cohort of its own name. */
  private static List<Stay> stays(String tenant, List<Change> all) {
    List<Stay> stays = new ArrayList<>();
    Change arrives = null;
    for (Change move : moves(all)) {
      stays.add(new Stay(arrives == null ? tenant : arrives.key(), arrives, move));
      arrives = move;
    }
    stays.add(new Stay(arrives == null ? tenant : arrives.key(), arrives, null));
    return stays;
  }

  private static List<Change> moves(List<Change> all) {
    return all.stream()
        .filter(change -> change.is(MOVED))
        .sorted(Comparator.comparing(Change::written))
        .toList();
  }
}
