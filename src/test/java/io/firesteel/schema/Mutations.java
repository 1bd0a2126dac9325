package io.firesteel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.RandomDistribution;

/** Damages JSON documents at random; the same mutations always do the same damage. */
public final class Mutations {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] TEXTS = {
    "",
    "a",
    "a/b",
    "A B",
    "\u0000",
    "\u202e",
    "ünï",
    "x".repeat(300),
    "-1",
    "true",
    "2026-13-01T00:00:00Z",
    "2026-03-01T00:00:00Z",
    "2026-03-01T25:00:00Z",
    "5m",
    "0s",
    "success",
    "spark-role",
    "../..",
    "{{x}}",
    "sales",
    "io.firesteel.job.request.v1"
  };

  private final List<Long> changes;
  private RandomGenerator random = new SplittableRandom();

  /** One to four changes that follow from a seed. */
  public Mutations(long seed) {
    this(new SplittableRandom(seed).longs(1 + Math.floorMod(seed, 4)).boxed().toList());
  }

  private Mutations(List<Long> changes) {
    this.changes = List.copyOf(changes);
  }

  /** One to four changes; a property that fails shrinks to those that matter. */
  public static final class Any implements ArbitrarySupplier<Mutations> {
    @Override
    public Arbitrary<Mutations> get() {
      return Arbitraries.longs()
          .withDistribution(RandomDistribution.uniform())
          .list()
          .ofMinSize(1)
          .ofMaxSize(4)
          .map(Mutations::new);
    }
  }

  /** A copy with these changes. */
  public JsonNode mutate(JsonNode document) {
    var holder = NODES.objectNode();
    holder.set("root", document.deepCopy());
    for (long seed : changes) {
      random = new SplittableRandom(seed);
      change(pick(containers(holder)));
    }
    JsonNode root = holder.get("root");
    return root == null ? NODES.nullNode() : root;
  }

  /** A copy with one or two bytes for each change, possibly cut short. */
  public byte[] mutate(byte[] bytes) {
    byte[] copy = bytes.clone();
    for (long seed : changes) {
      random = new SplittableRandom(seed);
      for (int left = 1 + random.nextInt(2); left > 0 && copy.length > 0; left--) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(10) == 0 && copy.length > 0) {
        copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      }
    }
    return copy;
  }

  @Override
  public String toString() {
    return "Mutations" + changes;
  }

  private void change(JsonNode container) {
    if (container instanceof ObjectNode object) {
      change(object);
    } else if (container instanceof ArrayNode array) {
      change(array);
    }
  }

  private void change(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "new" : pick(names);
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(typo(name), value(3));
      case 2 -> object.set(pick(List.of(TEXTS)), value(2));
      default -> object.set(name, value(3));
    }
  }

  private void change(ArrayNode array) {
    if (array.isEmpty() || random.nextBoolean()) {
      array.add(value(2));
    } else {
      array.set(random.nextInt(array.size()), value(2));
    }
  }

  private String typo(String name) {
    int at = random.nextInt(name.length() + 1);
    return name.substring(0, at) + (char) ('a' + random.nextInt(26)) + name.substring(at);
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 9)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(-3, 10));
      case 3 -> NODES.numberNode(random.nextDouble() * 1e9);
      case 4 -> NODES.numberNode(1_000_000_000_000L);
      case 7 -> NODES.objectNode().set(pick(List.of(TEXTS)), value(depth - 1));
      case 8 -> NODES.arrayNode().add(value(depth - 1));
      default -> NODES.textNode(pick(List.of(TEXTS)));
    };
  }

  private static List<JsonNode> containers(JsonNode node) {
    var all = new ArrayList<JsonNode>();
    if (node.isContainerNode()) {
      all.add(node);
      node.forEach(child -> all.addAll(containers(child)));
    }
    return all;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
