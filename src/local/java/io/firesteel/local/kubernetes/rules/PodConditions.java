package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;

/** Pod conditions such as {@code PodScheduled} and {@code Ready}. Pure. */
public final class PodConditions {
  private PodConditions() {}

  /** Returns the status with the condition. The transition time changes only with the value. */
  public static ObjectNode with(JsonNode status, String type, boolean value, Instant now) {
    ObjectNode condition = JsonTrees.object();
    condition.put("type", type).put("status", value ? "True" : "False");
    condition.putNull("lastProbeTime").put("lastTransitionTime", Timestamps.seconds(now));
    return with(status, condition);
  }

  public static ObjectNode with(JsonNode status, ObjectNode condition) {
    ArrayNode conditions = JsonTrees.array();
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
    ObjectNode next = JsonTrees.shallow(status);
    next.set("conditions", conditions);
    return next;
  }
}
