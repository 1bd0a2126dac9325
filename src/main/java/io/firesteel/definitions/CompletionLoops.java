package io.firesteel.definitions;

import io.firesteel.trigger.CompletionTrigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds triggers that would start each other without end: one runs a template for which the next
 * one waits. Pure.
 */
final class CompletionLoops {

  private final Collection<CompletionTrigger> triggers;

  CompletionLoops(Collection<CompletionTrigger> triggers) {
    this.triggers = triggers;
  }

  /** The names of the triggers of a loop that begins with this one; empty if it is in none. */
  List<String> from(CompletionTrigger trigger) {
    List<String> path = new ArrayList<>(List.of(trigger.name()));
    return reaches(trigger, trigger, path, new HashSet<>()) ? path : List.of();
  }

  private boolean reaches(
      CompletionTrigger from, CompletionTrigger goal, List<String> path, Set<String> seen) {
    for (CompletionTrigger next : triggers) {
      if (!startsAfter(next, from)) {
        continue;
      }
      path.add(next.name());
      if (next.name().equals(goal.name())
          || (seen.add(next.name()) && reaches(next, goal, path, seen))) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }

  private static boolean startsAfter(CompletionTrigger next, CompletionTrigger before) {
    return next.tenant().equals(before.tenant())
        && next.on().stream()
            .anyMatch(it -> it.kind().equals("template") && it.pattern().equals(before.template()));
  }
}
