package io.firesteel.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a driver handed on to whoever uses its result.
 *
 * @param values by name; each is a string, a number, a boolean or an array of strings
 * @param unreadable why there are no values although the driver wrote something; else null
 */
public record Outputs(Map<String, JsonNode> values, @Nullable String unreadable) {

  /** Nothing was written. */
  public static final Outputs NONE = new Outputs(Map.of(), null);

  public Outputs {
    // A record read from JSON may lack them.
    values = values == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Outputs that cannot be read, and how to mend them. */
  public static Outputs unreadable(String why) {
    return new Outputs(Map.of(), why);
  }
}
