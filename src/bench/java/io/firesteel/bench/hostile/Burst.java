package io.firesteel.bench.hostile;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A number of inputs of one kind, which follow from the seed and the number of the burst.
 *
 * @param kind the name of the kind
 */
record Burst(int number, String kind, List<HostileInput> inputs) {

  private record Kind(String name, BiFunction<Random, String, List<HostileInput>> inputs) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("bytes", (random, prefix) -> new RequestInputs(random, prefix).bytes()),
          new Kind("mutations", (random, prefix) -> new RequestInputs(random, prefix).mutations()),
          new Kind("sizes", (random, prefix) -> new LargeInputs(random, prefix).sizes()),
          new Kind("nesting", (random, prefix) -> new LargeInputs(random, prefix).nesting()),
          new Kind("unicode", (random, prefix) -> new RequestInputs(random, prefix).unicode()),
          new Kind("numbers", (random, prefix) -> new LargeInputs(random, prefix).numbers()),
          new Kind("duplicates", (random, prefix) -> new LargeInputs(random, prefix).duplicates()),
          new Kind("yaml", (random, prefix) -> new LargeInputs(random, prefix).yaml()),
          new Kind("events", (random, prefix) -> new RequestInputs(random, prefix).events()),
          new Kind("headers", (random, prefix) -> new RequestInputs(random, prefix).headers()),
          new Kind("blobs", (random, _) -> new BlobInputs(random).all()),
          new Kind("pods", HostileCluster::all),
          new Kind(
              "unreadable-inbox",
              (random, prefix) -> new InternalInputs(random, prefix).unreadableInbox()),
          new Kind(
              "forged-inbox", (random, prefix) -> new InternalInputs(random, prefix).forgedInbox()),
          new Kind("zeros", (random, prefix) -> new LargeInputs(random, prefix).zeros()),
          new Kind("status", (random, prefix) -> new InternalInputs(random, prefix).status()),
          new Kind("drivers", (random, prefix) -> new InternalInputs(random, prefix).drivers()));

  /** The burst of a number; the first ones are of each kind in turn. */
  static Burst of(long seed, int number) {
    Kind kind = KINDS.get(number % KINDS.size());
    Random random = new Random(seed * 1_000_003 + number);
    return new Burst(number, kind.name(), kind.inputs().apply(random, "h" + number + "-"));
  }
}
