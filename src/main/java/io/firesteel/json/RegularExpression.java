package io.firesteel.json;

import com.google.re2j.PatternSyntaxException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compiles the regular expressions of definitions. They are matched in linear time, by RE2, because
 * what they are matched against comes from anybody: an expression that backtracks can take hours.
 */
final class RegularExpression {

  /** Of the automaton; a state is a few dozen bytes. */
  private static final long MAX_STATES = 200_000;

  private static final int MAX_COUNT = 1000;
  private static final Pattern COUNT = Pattern.compile("(\\)?)\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

  private RegularExpression() {}

  /**
   * Compiles an expression.
   *
   * @throws PatternSyntaxException if it is malformed, too large, or uses what RE2 has not
   */
  static com.google.re2j.Pattern compile(String text, int flags) {
    if (text.contains("&&[")) {
      throw new PatternSyntaxException("an intersection of classes is not supported", "&&[");
    }
    if (states(text) > MAX_STATES) {
      throw new PatternSyntaxException("the counts of its repetitions multiply to too many", text);
    }
    return com.google.re2j.Pattern.compile(text, flags);
  }

  /** At most so many states follow from the counted repetitions. */
  private static long states(String text) {
    long nested = 1;
    long single = 1;
    for (MatchResult count : COUNT.matcher(text).results().toList()) {
      int last = count.group(3) == null || count.group(3).isEmpty() ? 2 : 3;
      int times = Math.min(MAX_COUNT, Integer.parseInt(count.group(last)));
      if (count.group(1).isEmpty()) {
        single = Math.max(single, times);
      } else {
        nested = Math.min(MAX_STATES, nested * Math.max(1, times));
      }
    }
    return text.length() * nested * single;
  }
}
