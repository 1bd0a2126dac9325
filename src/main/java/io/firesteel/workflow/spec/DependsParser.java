package io.firesteel.workflow.spec;

import io.firesteel.json.Printable;
import io.firesteel.json.Suggestions;
import io.firesteel.workflow.spec.Depends.Expression;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code depends} expression. {@code !} binds closest, then {@code &&}, then {@code ||}.
 */
final class DependsParser {

  static final int MAX_LENGTH = 4096;
  private static final int MAX_DEPTH = 50;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(&&|\\|\\||!|\\(|\\)|[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z]*)?)");
  private static final Pattern END = Pattern.compile("\\s*");

  private final String text;
  private int at;
  private int depth;

  DependsParser(String text) {
    this.text = text;
  }

  Expression parse() throws DependsException {
    if (text.length() > MAX_LENGTH) {
      throw new DependsException(
          "has %,d characters, the limit is %,d; use fewer tasks"
              .formatted(text.length(), MAX_LENGTH));
    }
    Expression expression = or();
    if (!rest(END).matches()) {
      throw unexpected("&& or || or the end");
    }
    return expression;
  }

  private Expression or() throws DependsException {
    Expression left = and();
    while (accept("||")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() throws DependsException {
    Expression left = not();
    while (accept("&&")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() throws DependsException {
    if (++depth > MAX_DEPTH) {
      throw new DependsException("is nested more than " + MAX_DEPTH + " deep");
    }
    Expression expression;
    if (accept("!")) {
      expression = new Expression.Not(not());
    } else if (accept("(")) {
      expression = or();
      if (!accept(")")) {
        throw unexpected("a closing parenthesis");
      }
    } else {
      expression = task();
    }
    depth--;
    return expression;
  }

  private Expression task() throws DependsException {
    Matcher token = rest(TOKEN);
    if (!token.lookingAt() || !Character.isLetter(token.group(1).charAt(0))) {
      throw unexpected("a task");
    }
    at = token.end();
    String[] parts = token.group(1).split("\\.", 2);
    if (parts.length == 1) {
      return new Expression.TaskEnded(parts[0], Condition.PASSED);
    }
    Condition condition =
        Condition.of(parts[1])
            .orElseThrow(() ->
                new DependsException(
                    "has %s after the task %s, which is no condition; %s"
                        .formatted(
                            parts[1],
                            parts[0],
                            Suggestions.hint(parts[1], Condition.words(), "use one of"))));
    return new Expression.TaskEnded(parts[0], condition);
  }

  private boolean accept(String wanted) {
    Matcher token = rest(TOKEN);
    boolean found = token.lookingAt() && token.group(1).equals(wanted);
    at = found ? token.end() : at;
    return found;
  }

  private Matcher rest(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length());
  }

  private DependsException unexpected(String wanted) {
    String rest = text.substring(at).strip();
    String found = rest.isEmpty() ? "the end" : "\"" + Printable.of(rest, 20) + "\"";
    return new DependsException(
        "needs %s at character %d, has %s; for example \"a && (b.Failed || !c.Skipped)\""
            .formatted(wanted, at + 1, found));
  }
}
