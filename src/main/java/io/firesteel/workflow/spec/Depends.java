package io.firesteel.workflow.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * When a task starts, as an expression about other tasks: {@code a.Succeeded && (b.Failed || c)}.
 *
 * @param text as it was written; empty for a task that depends on none
 */
public record Depends(String text, Expression expression) {

  /** A task that depends on none. */
  public static final Depends NOTHING = new Depends("", new Expression.Always());

  /** Reads an expression. */
  public static Depends parse(String text) throws DependsException {
    return text.isEmpty() ? NOTHING : new Depends(text, new DependsParser(text).parse());
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Depends stored(String text) {
    try {
      return parse(text);
    } catch (DependsException e) {
      throw new IllegalArgumentException("an unreadable expression was stored", e);
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }

  /** A part of an expression. */
  public sealed interface Expression {
    /** True without any task. */
    record Always() implements Expression {}

    /** Both. */
    record And(Expression left, Expression right) implements Expression {}

    /** One or both. */
    record Or(Expression left, Expression right) implements Expression {}

    /** The opposite. */
    record Not(Expression inner) implements Expression {}

    /** How a task must have ended. */
    record TaskEnded(String task, Condition condition) implements Expression {}
  }

  /** The names of the tasks that must be over before the expression is judged. */
  public Set<String> tasks() {
    Set<String> names = new TreeSet<>();
    collect(expression, names);
    return names;
  }

  private static void collect(Expression expression, Set<String> names) {
    switch (expression) {
      case Expression.Always _ -> {}
      case Expression.And(var left, var right) -> {
        collect(left, names);
        collect(right, names);
      }
      case Expression.Or(var left, var right) -> {
        collect(left, names);
        collect(right, names);
      }
      case Expression.Not(var inner) -> collect(inner, names);
      case Expression.TaskEnded(var task, _) -> names.add(task);
    }
  }

  /** Whether it holds, given how tasks ended. */
  public boolean holds(BiPredicate<String, Condition> ended) {
    return holds(expression, ended);
  }

  private static boolean holds(Expression expression, BiPredicate<String, Condition> ended) {
    return switch (expression) {
      case Expression.Always _ -> true;
      case Expression.And(var left, var right) -> holds(left, ended) && holds(right, ended);
      case Expression.Or(var left, var right) -> holds(left, ended) || holds(right, ended);
      case Expression.Not(var inner) -> !holds(inner, ended);
      case Expression.TaskEnded(var task, var condition) -> ended.test(task, condition);
    };
  }

  /** Whether it provides for the failure of a task, other than by a negation. */
  public boolean namesFailureOf(String task) {
    return namesFailure(expression, task);
  }

  private static boolean namesFailure(Expression expression, String task) {
    return switch (expression) {
      case Expression.Always _, Expression.Not _ -> false;
      case Expression.And(var left, var right) ->
          namesFailure(left, task) || namesFailure(right, task);
      case Expression.Or(var left, var right) ->
          namesFailure(left, task) || namesFailure(right, task);
      case Expression.TaskEnded(var named, var condition) ->
          named.equals(task) && condition.afterFailure();
    };
  }
}
