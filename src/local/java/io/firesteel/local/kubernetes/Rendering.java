package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * Turns objects into the bytes a client asked for: as they are, as rows of a table, or as metadata
 * only.
 */
final class Rendering {
  private final ResourceKind kind;
  private final Accepted accepted;
  private final TableView table;

  Rendering(ResourceKind kind, Accepted accepted, String includeObject, InstantSource clock) {
    this.kind = kind;
    this.accepted = accepted;
    this.table = new TableView(kind, includeObject, clock);
  }

  byte[] object(StoredObject object) {
    return switch (accepted) {
      case OBJECTS ->
          EventView.applies(kind) ? Json.bytes(EventView.toNew(object.json())) : object.bytes();
      case TABLE -> Json.bytes(table.of(List.of(object), metadata(object.revision())));
      case METADATA -> Json.bytes(partial(object));
    };
  }

  Buffer list(Continuations.Page page, boolean countable) {
    ObjectNode metadata = metadata(page.revision());
    if (!page.next().isEmpty()) {
      metadata.put("continue", page.next());
      if (countable) {
        metadata.put("remainingItemCount", page.remaining());
      }
    }
    return switch (accepted) {
      case OBJECTS -> objects(page.items(), metadata);
      case TABLE -> Buffer.buffer(Json.bytes(table.of(page.items(), metadata)));
      case METADATA -> Buffer.buffer(Json.bytes(partials(page.items(), metadata)));
    };
  }

  /** One line of a watch, without its end. */
  Buffer event(String type, byte[] object) {
    return Buffer.buffer(object.length + 40)
        .appendString("{\"type\":\"")
        .appendString(type)
        .appendString("\",\"object\":")
        .appendBytes(object)
        .appendString("}");
  }

  byte[] bookmark(long revision, boolean endsInitialEvents) {
    ObjectNode bookmark = Json.object();
    boolean asTable = accepted == Accepted.TABLE;
    bookmark.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    ObjectNode metadata = bookmark.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
    if (endsInitialEvents) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return Json.bytes(asTable ? table.bookmark(bookmark, metadata(revision)) : bookmark);
  }

  private Buffer objects(List<StoredObject> items, ObjectNode metadata) {
    byte[] head =
        "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":%s,\"items\":["
            .formatted(kind.kind(), kind.apiVersion(), metadata)
            .getBytes(StandardCharsets.UTF_8);
    Buffer list = Buffer.buffer(head);
    boolean first = true;
    for (StoredObject item : items) {
      if (!first) {
        list.appendByte((byte) ',');
      }
      first = false;
      list.appendBytes(object(item));
    }
    return list.appendString("]}");
  }

  private ObjectNode partials(List<StoredObject> items, ObjectNode metadata) {
    ObjectNode list = Json.object();
    list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
    list.set("metadata", metadata);
    ArrayNode rows = list.putArray("items");
    items.forEach(item -> rows.add(partial(item)));
    return list;
  }

  static ObjectNode partial(StoredObject object) {
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.metadata());
    return partial;
  }

  private static ObjectNode metadata(long revision) {
    return Json.object().put("resourceVersion", Long.toString(revision));
  }
}
