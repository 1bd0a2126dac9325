package io.firesteel.local.kubernetes.http.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import java.util.Map;

/**
 * Events have two faces, {@code v1} and {@code events.k8s.io/v1}, of one and the same object. The
 * store holds the first; this turns one into the other. Pure.
 */
public final class EventView {
  private static final Map<String, String> EVENTS_V1_TO_CORE =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventView() {}

  public static boolean isEventsV1(ResourceKind kind) {
    return kind == ResourceKinds.EVENTS_V1;
  }

  public static ObjectNode toCore(JsonNode event) {
    ObjectNode core = JsonTrees.shallow(event);
    core.put("apiVersion", "v1");
    EVENTS_V1_TO_CORE.forEach((there, here) -> rename(core, there, here));
    return core;
  }

  static ObjectNode toEventsV1(JsonNode event) {
    ObjectNode renamed = JsonTrees.shallow(event);
    renamed.put("apiVersion", ResourceKinds.EVENTS_V1.apiVersion());
    EVENTS_V1_TO_CORE.forEach((there, here) -> rename(renamed, here, there));
    return renamed;
  }

  private static void rename(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
