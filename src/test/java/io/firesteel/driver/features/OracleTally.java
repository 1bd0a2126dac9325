package io.firesteel.driver.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts which objects are equal, which differ as we chose, and keeps what nobody explains. */
final class OracleTally {

  private final List<ExpectedDifference> allowed;
  private final Map<ExpectedDifference, Integer> used = new HashMap<>();

  /** What nobody explains, and the cases in which it is so. */
  private final SequencedMap<String, List<String>> unexplained = new LinkedHashMap<>();

  private int cases;
  private int objects;
  private int equal;
  private int chosen;

  OracleTally(List<ExpectedDifference> allowed) {
    this.allowed = allowed;
  }

  void add(String name, Map<String, JsonNode> spark, Map<String, JsonNode> ours) {
    cases++;
    var all = new TreeSet<>(spark.keySet());
    all.addAll(ours.keySet());
    for (String object : all) {
      objects++;
      JsonNode theirs = spark.getOrDefault(object, MissingNode.getInstance());
      JsonNode own = ours.getOrDefault(object, MissingNode.getInstance());
      if (theirs.isMissingNode() || own.isMissingNode()) {
        unexplained(name, "only one has " + object);
      } else {
        compare(name, ObjectDiff.between(theirs, own));
      }
    }
  }

  void refused(String name, String why) {
    unexplained(name, "Spark refuses it: " + why);
  }

  private void compare(String name, List<ObjectDiff.Difference> differences) {
    boolean explained = true;
    for (ObjectDiff.Difference difference : differences) {
      var reason = allowed.stream().filter(c -> c.allows(difference)).findFirst();
      if (reason.isPresent()) {
        used.merge(reason.get(), 1, Integer::sum);
      } else {
        explained = false;
        unexplained(name, difference.toString());
      }
    }
    if (differences.isEmpty()) {
      equal++;
    } else if (explained) {
      chosen++;
    }
  }

  private void unexplained(String name, String what) {
    unexplained.computeIfAbsent(what, _ -> new ArrayList<>()).add(name);
  }

  /** Each with the first case in which it is so. */
  List<String> unexplained() {
    return unexplained.entrySet().stream()
        .map(e ->
            "%s (%s and %d more)"
                .formatted(e.getKey(), e.getValue().getFirst(), e.getValue().size() - 1))
        .toList();
  }

  /** Differences that are allowed and that nobody made. */
  List<ExpectedDifference> unused() {
    return allowed.stream().filter(c -> !used.containsKey(c)).toList();
  }

  int cases() {
    return cases;
  }

  void print(String title) {
    var lines = new TreeMap<String, String>();
    used.forEach((c, times) ->
        lines.put(
            c.object() + " " + c.path(),
            String.format("  %5d  %s %s: %s", times, c.object(), c.path(), c.reason())));
    System.out.println(title + ", chosen differences:");
    lines.values().forEach(System.out::println);
    System.out.printf(
        "oracle: %d cases, %d objects, %d equal, %d chosen differences%n",
        cases, objects, equal, chosen);
  }
}
