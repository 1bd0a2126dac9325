package io.firesteel.tenant;

import io.firesteel.json.Printable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Globs of allowed values, in which {@code *} stands for any characters. A glob must match the
 * whole value. A value that Spark would still expand ({@code ${…}}) is never allowed.
 */
record AllowList(List<String> patterns) {

  static final AllowList ALL = new AllowList(List.of("*"));

  static final AllowList NONE = new AllowList(List.of());

  AllowList {
    patterns = List.copyOf(patterns);
  }

  /** This list and more values. */
  AllowList or(List<String> more) {
    return new AllowList(Stream.concat(patterns.stream(), more.stream()).distinct().toList());
  }

  boolean allows(String value) {
    return !value.contains("${") && patterns.stream().anyMatch(p -> matches(p, value));
  }

  /**
   * Whether a path of a node is absolute, does not contain {@code ..}, and matches as the kernel
   * reads it: repeated slashes and one at the end do not count.
   */
  boolean allowsHostPath(String path) {
    String plain = path.replaceAll("/+", "/");
    if (!plain.startsWith("/") || List.of(plain.split("/", -1)).contains("..")) {
      return false;
    }
    return allows(plain) || allows(plain.replaceAll("/$", ""));
  }

  /** The error for a value that is not allowed. */
  String denied(String what, String value, String setting) {
    String allowed =
        patterns.isEmpty() ? "none" : patterns.stream().limit(10).collect(Collectors.joining(", "));
    return "%s %s is not allowed for this tenant; %s allows %s"
        .formatted(what, Printable.of(value, 200), setting, allowed);
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
