package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A label selector, equality and set based, with the meaning of the Kubernetes documentation:
 * {@code !=} and {@code notin} also match objects without the label.
 */
public record LabelSelector(List<Requirement> requirements) {

  static final LabelSelector ALL = new LabelSelector(List.of());

  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\((.*)\\)");
  private static final Pattern COMPARISON = Pattern.compile("([^=!\\s]+)\\s*(==?|!=)\\s*(\\S*)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^=!\\s(),]+)");

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /** One condition on one label. */
  sealed interface Requirement {
    /** The label has this value. */
    record Equal(String key, String value) implements Requirement {}

    /** The label has one of these values. */
    record In(String key, Set<String> values) implements Requirement {}

    /** The label is absent or has none of these values. */
    record NotIn(String key, Set<String> values) implements Requirement {}

    /** The label is present. */
    record Exists(String key) implements Requirement {}

    /** The label is absent. */
    record Absent(String key) implements Requirement {}

    /** Whether these labels satisfy the condition. */
    default boolean matches(JsonNode labels) {
      return switch (this) {
        case Equal(String key, String value) ->
            labels.has(key) && labels.path(key).asText().equals(value);
        case In(String key, Set<String> values) ->
            labels.has(key) && values.contains(labels.path(key).asText());
        case NotIn(String key, Set<String> values) ->
            !labels.has(key) || !values.contains(labels.path(key).asText());
        case Exists(String key) -> labels.has(key);
        case Absent(String key) -> !labels.has(key);
      };
    }
  }

  public static LabelSelector parse(String text) {
    List<Requirement> found = new ArrayList<>();
    for (String part : parts(text)) {
      if (!part.isBlank()) {
        found.add(requirement(part.strip()));
      }
    }
    return found.isEmpty() ? ALL : new LabelSelector(found);
  }

  boolean matches(JsonNode labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Splits at the commas that are not inside parentheses. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Requirement requirement(String part) {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Set<String> values = values(set.group(3));
      return set.group(2).equals("in")
          ? new Requirement.In(set.group(1), values)
          : new Requirement.NotIn(set.group(1), values);
    }
    Matcher comparison = COMPARISON.matcher(part);
    if (comparison.matches()) {
      return comparison.group(2).equals("!=")
          ? new Requirement.NotIn(comparison.group(1), Set.of(comparison.group(3)))
          : new Requirement.Equal(comparison.group(1), comparison.group(3));
    }
    Matcher existence = EXISTENCE.matcher(part);
    if (existence.matches()) {
      return existence.group(1).isEmpty()
          ? new Requirement.Exists(existence.group(2))
          : new Requirement.Absent(existence.group(2));
    }
    throw ApiException.badRequest("unable to parse requirement: \"" + part + "\" in labelSelector");
  }

  private static Set<String> values(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }
}
