package io.firesteel.driver;

import io.firesteel.spec.Problems;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Spark properties, sorted by key. The getters read values as Spark does; one that cannot be read
 * is noted as a problem and its default taken.
 */
final class SparkConf {

  private final SortedMap<String, String> entries;
  private final Problems problems;

  private SparkConf(SortedMap<String, String> entries, Problems problems) {
    this.entries = entries;
    this.problems = problems;
  }

  static SparkConf of(SortedMap<String, String> entries, Problems problems) {
    return new SparkConf(Collections.unmodifiableSortedMap(new TreeMap<>(entries)), problems);
  }

  SortedMap<String, String> entries() {
    return entries;
  }

  boolean contains(String key) {
    return entries.containsKey(key);
  }

  @Nullable String text(String key) {
    return entries.get(key);
  }

  String text(String key, String otherwise) {
    return entries.getOrDefault(key, otherwise);
  }

  /** The properties whose keys begin with a prefix, without it. */
  SortedMap<String, String> under(String prefix) {
    var found = new TreeMap<String, String>();
    entries
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach((key, value) -> found.put(key.substring(prefix.length()), value));
    return found;
  }

  boolean flag(String key, boolean otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    return switch (value.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        unreadable(key, "true or false");
        yield otherwise;
      }
    };
  }

  int whole(String key, int otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value.trim());
    } catch (NumberFormatException _) {
      unreadable(key, "a whole number");
      return otherwise;
    }
  }

  /** A port; zero lets the pod choose. */
  int port(String key, int otherwise) {
    int port = whole(key, otherwise);
    if (port < 1 || port > 65_535) {
      unreadable(key, "a port from 1 to 65535");
      return otherwise;
    }
    return port;
  }

  double fraction(String key, double otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value.trim());
      if (number >= 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    unreadable(key, "a number that is not negative, such as 0.1");
    return otherwise;
  }

  /** Mebibytes; a number without a unit is mebibytes already. */
  long mebibytes(String key, long otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    long read = MemorySize.mebibytes(value);
    if (read < 0) {
      unreadable(key, "a size such as 512m or 4g");
      return otherwise;
    }
    return read;
  }

  private void unreadable(String key, String wanted) {
    problems.add(path(key), "cannot be read", "give " + wanted);
  }

  /** Where a property stands in a spec. */
  static String path(String key) {
    return "/sparkConf/" + key;
  }
}
