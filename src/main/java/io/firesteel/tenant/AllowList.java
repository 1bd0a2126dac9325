package io.firesteel.tenant;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of what is allowed, in which {@code *} stands for any characters. A value must be allowed
 * as a whole, and one that Spark would still expand ({@code ${…}}) never is.
 */
record AllowList(List<String> patterns) {

  /** Everything is allowed. */
  static final AllowList ALL = new AllowList(List.of("*"));

  /** Nothing is. */
  static final AllowList NONE = new AllowList(List.of());

  AllowList {
    patterns = List.copyOf(patterns);
  }

  boolean allows(String value) {
    return !value.contains("${") && patterns.stream().anyMatch(p -> matches(p, value));
  }

  private static boolean matches(String pattern, String value) {
    String regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
  }
}
