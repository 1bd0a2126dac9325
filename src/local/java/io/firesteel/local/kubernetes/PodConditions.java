package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Pod conditions such as {@code PodScheduled} and {@code Ready}. Pure. */
final class PodConditions {
  private PodConditions() {}

  /** The status with this condition; its time of transition moves only if the value changes. */
  static ObjectNode with(JsonNode status, String type, boolean value, Instant now) {
    ObjectNode condition = Json.object();
    condition.put("type", type).put("status", value ? "True" : "False");
    condition.putNull("lastProbeTime").put("lastTransitionTime", Timestamps.seconds(now));
    return with(status, condition);
  }

  static ObjectNode with(JsonNode status, ObjectNode condition) {
    ArrayNode conditions = Json.array();
    boolean same = false;
    for (JsonNode known : status.path("conditions")) {
      boolean ofType = known.path("type").equals(condition.path("type"));
      same |= ofType && known.path("status").equals(condition.path("status"));
      if (!ofType || same && ofType) {
        conditions.add(known);
      }
    }
    if (!same) {
      conditions.add(condition);
    }
    ObjectNode next = Json.shallow(status);
    next.set("conditions", conditions);
    return next;
  }
}
