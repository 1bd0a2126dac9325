package io.firesteel.bench.hostile;

import java.util.ArrayList;
import java.util.List;

/** What a run counted. One thread. */
final class HostileTotals {

  private final List<String> stalls = new ArrayList<>();
  private final List<String> unanswered = new ArrayList<>();
  private int inputs;
  private int accepted;
  private int refused;
  private int deadLetters;
  private int restarts;
  private long peakMib;

  void sent(int count) {
    inputs += count;
  }

  void stall(String words) {
    stalls.add(words);
    System.out.println("STALL " + words);
  }

  void unanswered(String words) {
    unanswered.add(words);
    System.out.println("UNANSWERED " + words);
  }

  void add(Answers answers, HostilePlatform platform) {
    accepted += answers.accepted();
    refused += answers.refused();
    deadLetters += answers.deadLetters();
    restarts += platform.restarts();
    peakMib = Math.max(peakMib, platform.peakMib());
  }

  boolean fine() {
    return stalls.isEmpty() && unanswered.isEmpty();
  }

  int restarts() {
    return restarts;
  }

  /** The line that the benchmark ends with. */
  String summary() {
    return "hostile: %d inputs, %d accepted, %d refused, %d dead letters, %d unanswered, %d stalls over %d s, peak %d MiB"
        .formatted(
            inputs,
            accepted,
            refused,
            deadLetters,
            unanswered.size(),
            stalls.size(),
            HostileRun.STALL.toSeconds(),
            peakMib);
  }
}
