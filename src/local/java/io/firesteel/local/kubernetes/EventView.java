package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Events have two faces, {@code v1} and {@code events.k8s.io/v1}, of one and the same object. The
 * store holds the first; this turns one into the other. Pure.
 */
final class EventView {
  private static final Map<String, String> NEW_TO_CORE =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventView() {}

  static boolean applies(ResourceKind kind) {
    return kind == ResourceKinds.NEW_EVENTS;
  }

  static ObjectNode toCore(JsonNode event) {
    ObjectNode core = Json.shallow(event);
    core.put("apiVersion", "v1");
    NEW_TO_CORE.forEach((there, here) -> rename(core, there, here));
    return core;
  }

  static ObjectNode toNew(JsonNode event) {
    ObjectNode renamed = Json.shallow(event);
    renamed.put("apiVersion", ResourceKinds.NEW_EVENTS.apiVersion());
    NEW_TO_CORE.forEach((there, here) -> rename(renamed, here, there));
    return renamed;
  }

  private static void rename(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
