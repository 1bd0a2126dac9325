package io.firesteel.workflow.spec;

import io.firesteel.json.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The order in which the tasks of a workflow depend on each other. Pure. */
final class TaskGraph {

  private final Map<String, Set<String>> dependencies = new HashMap<>();
  private final Map<String, Set<String>> ancestors = new HashMap<>();

  /** The graph of tasks; an unknown name in an expression is reported and left out. */
  static TaskGraph of(List<TaskSpec> tasks, BiConsumer<TaskSpec, String> error) {
    TaskGraph graph = new TaskGraph();
    List<String> names = tasks.stream().map(TaskSpec::name).toList();
    for (TaskSpec task : tasks) {
      Set<String> known = new LinkedHashSet<>();
      for (String name : task.depends().tasks()) {
        if (names.contains(name)) {
          known.add(name);
        } else {
          error.accept(
              task,
              "names the task %s, which the workflow does not have; %s"
                  .formatted(name, Suggestions.hint(name, names, "its tasks are")));
        }
      }
      graph.dependencies.put(task.name(), known);
    }
    tasks.forEach(task -> graph.check(task, error));
    return graph;
  }

  private void check(TaskSpec task, BiConsumer<TaskSpec, String> error) {
    List<String> path = new ArrayList<>();
    if (!reaches(task.name(), task.name(), path, new LinkedHashSet<>())) {
      return;
    }
    // Each cycle is reported once, by its first name in the alphabet.
    if (path.stream().allMatch(name -> name.compareTo(task.name()) >= 0)) {
      error.accept(
          task,
          "makes a cycle: %s; remove one of these names"
              .formatted(String.join(" depends on ", cycle(task.name(), path))));
    }
  }

  private static List<String> cycle(String start, List<String> path) {
    List<String> all = new ArrayList<>(List.of(start));
    all.addAll(path);
    return all;
  }

  private boolean reaches(String from, String goal, List<String> path, Set<String> seen) {
    for (String next : dependencies.getOrDefault(from, Set.of())) {
      path.add(next);
      if (next.equals(goal) || (seen.add(next) && reaches(next, goal, path, seen))) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }

  /** The tasks that are over before a task starts. Only for a graph without a cycle. */
  Set<String> ancestors(String task) {
    Set<String> known = ancestors.get(task);
    if (known != null) {
      return known;
    }
    Set<String> all = new LinkedHashSet<>();
    for (String next : dependencies.getOrDefault(task, Set.of())) {
      all.add(next);
      all.addAll(ancestors(next));
    }
    ancestors.put(task, all);
    return all;
  }

  /** The length of the longest chain that ends with a task. Only for a graph without a cycle. */
  int depth(String task) {
    return depth(task, new HashMap<>());
  }

  private int depth(String task, Map<String, Integer> known) {
    Integer found = known.get(task);
    if (found != null) {
      return found;
    }
    int longest = 0;
    for (String next : dependencies.getOrDefault(task, Set.of())) {
      longest = Math.max(longest, depth(next, known));
    }
    known.put(task, longest + 1);
    return longest + 1;
  }
}
