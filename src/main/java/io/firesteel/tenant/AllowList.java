package io.firesteel.tenant;

import java.util.List;

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
    List<String> parts = List.of(pattern.split("\\*", -1));
    if (parts.size() == 1) {
      return value.equals(pattern);
    }
    int at = value.startsWith(parts.getFirst()) ? parts.getFirst().length() : -1;
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = at < 0 ? -1 : value.indexOf(part, at);
      at = found < 0 ? -1 : found + part.length();
    }
    return at >= 0
        && value.length() - parts.getLast().length() >= at
        && value.endsWith(parts.getLast());
  }
}
