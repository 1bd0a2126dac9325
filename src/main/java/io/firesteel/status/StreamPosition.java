package io.firesteel.status;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a reader of the status topic has come: the last offset of each partition. It means the
 * same on every replica, so any of them can continue for a reader. Its text form is {@code
 * 0:91,1:77}.
 */
public record StreamPosition(Map<Integer, Long> offsets) {

  private static final Pattern FORM =
      Pattern.compile("\\d{1,6}:\\d{1,18}(,\\d{1,6}:\\d{1,18}){0,9999}");

  public StreamPosition {
    offsets = Map.copyOf(offsets);
  }

  /** Before the first record. */
  public static final StreamPosition START = new StreamPosition(Map.of());

  /** Reads the text form; empty if the text is not of that form. */
  public static Optional<StreamPosition> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(START);
    }
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    Map<Integer, Long> offsets = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      offsets.put(
          Integer.valueOf(part.substring(0, colon)), Long.valueOf(part.substring(colon + 1)));
    }
    return Optional.of(new StreamPosition(offsets));
  }

  /** Whether it includes a record. */
  public boolean includes(int partition, long offset) {
    return offsets.getOrDefault(partition, -1L) >= offset;
  }

  /** Whether it includes everything that another one does. */
  public boolean includes(StreamPosition other) {
    return other.offsets.entrySet().stream().allMatch(o -> includes(o.getKey(), o.getValue()));
  }

  /** The position after one more record. */
  public StreamPosition after(int partition, long offset) {
    Map<Integer, Long> next = new TreeMap<>(offsets);
    next.merge(partition, offset, Math::max);
    return new StreamPosition(next);
  }

  @Override
  public String toString() {
    return new TreeMap<>(offsets)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
