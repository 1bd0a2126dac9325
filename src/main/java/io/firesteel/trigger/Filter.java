package io.firesteel.trigger;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects the objects of a trigger; all conditions must hold.
 *
 * @param stores empty for all
 * @param minimumSize in bytes; an object of unknown size does not pass
 * @param events globs for the store's event names; empty for all that create an object
 * @param pattern a regular expression for the whole key; its named groups become placeholders
 */
record Filter(
    List<ObjectStore> stores,
    @Nullable String account,
    KeyGlob bucket,
    String prefix,
    String suffix,
    @Nullable KeyGlob key,
    @Nullable Pattern pattern,
    long minimumSize,
    List<KeyGlob> events) {

  private static final Rule<KeyGlob> GLOB =
      new Rule<>(
          "a glob of 1 to 1024 characters, such as *.parquet",
          node ->
              node.isTextual() && !node.textValue().isEmpty() && node.textValue().length() <= 1024
                  ? KeyGlob.of(node.textValue())
                  : null);
  private static final Rule<Integer> SIZE = Rule.integer(0, Integer.MAX_VALUE);
  private static final int MAX_EVENTS = 100;

  static @Nullable Filter read(FieldReader fields) {
    KeyGlob bucket = fields.required("bucket", GLOB);
    String prefix = fields.read("prefix", Rule.text(1024));
    String suffix = fields.read("suffix", Rule.text(1024));
    Integer size = fields.read("minimumSize", SIZE);
    var filter =
        new Filter(
            fields.list("stores", ObjectStore.values().length, ObjectStore.RULE),
            fields.read("account", Rule.text(255)),
            bucket == null ? KeyGlob.of("*") : bucket,
            prefix == null ? "" : prefix,
            suffix == null ? "" : suffix,
            fields.read("key", GLOB),
            fields.pattern("pattern", Pattern.DOTALL),
            size == null ? 0 : size,
            fields.list("events", MAX_EVENTS, GLOB));
    fields.rejectUnknown();
    return filter;
  }

  /** The pattern's named groups; empty if the object does not pass. */
  Optional<Map<String, String>> match(ObjectCreated object) {
    return mismatch(object).isPresent() ? Optional.empty() : Optional.of(groups(object.key()));
  }

  /** A condition, by its field, which is tested only if those before hold. */
  private record Condition(String field, BooleanSupplier holds) {}

  /** The first condition that an object does not fulfil, by its field; empty if it passes. */
  Optional<String> mismatch(ObjectCreated object) {
    Long size = object.size();
    return Stream.of(
            new Condition("stores", () -> stores.isEmpty() || stores.contains(object.store())),
            new Condition("account", () -> account == null || account.equals(object.account())),
            new Condition("bucket", () -> bucket.matches(object.bucket())),
            new Condition("prefix", () -> object.key().startsWith(prefix)),
            new Condition("suffix", () -> object.key().endsWith(suffix)),
            new Condition(
                "minimumSize", () -> minimumSize == 0 || (size != null && size >= minimumSize)),
            new Condition(
                "events",
                () -> events.isEmpty() || events.stream().anyMatch(e -> e.matches(object.event()))),
            new Condition("key", () -> key == null || key.matches(object.key())),
            new Condition(
                "pattern", () -> pattern == null || pattern.matcher(object.key()).matches()))
        .filter(condition -> !condition.holds().getAsBoolean())
        .map(Condition::field)
        .findFirst();
  }

  private Map<String, String> groups(String name) {
    var groups = new HashMap<String, String>();
    Matcher match = pattern == null ? null : pattern.matcher(name);
    if (pattern != null && match != null && match.matches()) {
      pattern
          .namedGroups()
          .forEach((group, number) -> {
            if (match.group(number) != null) {
              groups.put(group, match.group(number));
            }
          });
    }
    return groups;
  }
}
