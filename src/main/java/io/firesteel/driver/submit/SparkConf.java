package io.firesteel.driver.submit;

import io.firesteel.json.JsonPointers;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.quantity.MemorySize;
import java.util.Collections;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Spark properties, sorted by key. The getters read values as Spark does; an invalid value is
 * reported as an error and replaced by the default.
 */
public final class SparkConf {

  private final SortedMap<String, String> entries;
  private final ValidationErrors errors;

  private SparkConf(SortedMap<String, String> entries, ValidationErrors errors) {
    this.entries = entries;
    this.errors = errors;
  }

  /** A copy of properties whose invalid values are added to {@code errors} when read. */
  public static SparkConf of(SortedMap<String, String> entries, ValidationErrors errors) {
    return new SparkConf(Collections.unmodifiableSortedMap(new TreeMap<>(entries)), errors);
  }

  /** All properties; unmodifiable. */
  public SortedMap<String, String> entries() {
    return entries;
  }

  /** Whether the property is set. */
  public boolean contains(String key) {
    return entries.containsKey(key);
  }

  /** The value of a property; null if it is not set. */
  @Nullable
  public String string(String key) {
    return entries.get(key);
  }

  /** The value of a property, or the default. */
  public String string(String key, String otherwise) {
    return entries.getOrDefault(key, otherwise);
  }

  /** The properties whose keys begin with a prefix, without it. */
  public SortedMap<String, String> withPrefix(String prefix) {
    return withPrefix(entries, prefix);
  }

  /** The same of any entries. */
  public static SortedMap<String, String> withPrefix(
      SortedMap<String, String> entries, String prefix) {
    var found = new TreeMap<String, String>();
    entries
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach((key, value) -> found.put(key.substring(prefix.length()), value));
    return found;
  }

  /** A boolean, in any case and with spaces around it. */
  public boolean bool(String key, boolean otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    return switch (value.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        invalid(key, "true or false");
        yield otherwise;
      }
    };
  }

  /** An integer of 32 bits. */
  public int integer(String key, int otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value.trim());
    } catch (NumberFormatException _) {
      invalid(key, "an integer");
      return otherwise;
    }
  }

  /** A port from 1 to 65535. */
  int port(String key, int otherwise) {
    int port = integer(key, otherwise);
    if (port < 1 || port > 65_535) {
      invalid(key, "a port from 1 to 65535");
      return otherwise;
    }
    return port;
  }

  /** A finite number that is not negative. */
  public double decimal(String key, double otherwise) {
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
      // reported below
    }
    invalid(key, "a number that is not negative, such as 0.1");
    return otherwise;
  }

  /** A size in MiB; a number without a unit is MiB. */
  public long mebibytes(String key, long otherwise) {
    String value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    OptionalLong read = MemorySize.mebibytes(value);
    if (read.isEmpty()) {
      invalid(key, "a size such as 512m or 4g");
    }
    return read.orElse(otherwise);
  }

  private void invalid(String key, String wanted) {
    errors.add(pointerTo(key), "is not valid", "give " + wanted);
  }

  /** The pointer of a property in a spec. */
  public static String pointerTo(String key) {
    return JsonPointers.child("/sparkConf", key);
  }
}
