package io.firesteel.bench;

import java.util.Collection;
import java.util.List;

/** Durations in milliseconds, sorted, to read percentiles from. */
record Percentiles(List<Long> sorted) {

  Percentiles {
    sorted = sorted.stream().sorted().toList();
  }

  static Percentiles of(Collection<Long> millis) {
    return new Percentiles(List.copyOf(millis));
  }

  /** The duration that so many of a hundred do not exceed; -1 when there are none. */
  long percentile(int ofHundred) {
    if (sorted.isEmpty()) {
      return -1;
    }
    int index = (int) Math.ceil(sorted.size() * ofHundred / 100.0) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1));
  }

  @Override
  public String toString() {
    return "p50 %d ms, p90 %d ms, p99 %d ms of %d"
        .formatted(percentile(50), percentile(90), percentile(99), sorted.size());
  }
}
