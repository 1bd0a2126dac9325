package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.job.Requester;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells a driver by environment variables what asked for its job. */
final class RequesterEnvironment {

  private RequesterEnvironment() {}

  /** The spec with the requester's variables, except for those that the driver sets itself. */
  static JsonNode add(JsonNode spec, @Nullable Requester requester) {
    if (requester == null
        || !(spec.get("driver") instanceof ObjectNode)
        || spec.at("/driver/env").isValueNode()) {
      return spec;
    }
    JsonNode copy = spec.deepCopy();
    ArrayNode variables = ((ObjectNode) copy.get("driver")).withArray("env");
    new TreeMap<>(requester.environment())
        .forEach((name, value) -> {
          if (!variables.findValuesAsText("name").contains(name)) {
            variables.addObject().put("name", name).put("value", value);
          }
        });
    return copy;
  }
}
