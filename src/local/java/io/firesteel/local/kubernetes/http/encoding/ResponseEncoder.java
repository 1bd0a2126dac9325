package io.firesteel.local.kubernetes.http.encoding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Encodes objects in the accepted format: full objects, table rows or metadata. */
public final class ResponseEncoder {
  private final ResourceKind kind;
  private final ResponseFormat responseFormat;
  private final TableConverter table;

  public ResponseEncoder(
      ResourceKind kind, ResponseFormat responseFormat, String includeObject, InstantSource clock) {
    this.kind = kind;
    this.responseFormat = responseFormat;
    this.table = new TableConverter(kind, includeObject, clock);
  }

  public byte[] object(StoredObject object) {
    return switch (responseFormat) {
      case OBJECTS -> object.bytes();
      case TABLE -> JsonTrees.bytes(table.of(List.of(object), metadata(object.revision())));
      case METADATA -> JsonTrees.bytes(partial(object));
    };
  }

  public Buffer list(ContinueTokens.Page page, boolean countable) {
    ObjectNode metadata = metadata(page.revision());
    if (!page.continueToken().isEmpty()) {
      metadata.put("continue", page.continueToken());
      if (countable) {
        metadata.put("remainingItemCount", page.remainingItemCount());
      }
    }
    return switch (responseFormat) {
      case OBJECTS -> objects(page.items(), metadata);
      case TABLE -> Buffer.buffer(JsonTrees.bytes(table.of(page.items(), metadata)));
      case METADATA -> Buffer.buffer(JsonTrees.bytes(partials(page.items(), metadata)));
    };
  }

  /** One event of a watch, without a line end. */
  public Buffer event(String type, byte[] object) {
    return Buffer.buffer(object.length + 40)
        .appendString("{\"type\":\"")
        .appendString(type)
        .appendString("\",\"object\":")
        .appendBytes(object)
        .appendString("}");
  }

  public byte[] bookmark(long revision, boolean endsInitialEvents) {
    ObjectNode bookmark = JsonTrees.object();
    boolean asTable = responseFormat == ResponseFormat.TABLE;
    bookmark.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    ObjectNode metadata = bookmark.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
    if (endsInitialEvents) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return JsonTrees.bytes(asTable ? table.bookmark(bookmark, metadata(revision)) : bookmark);
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
    ObjectNode list = JsonTrees.object();
    list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
    list.set("metadata", metadata);
    ArrayNode rows = list.putArray("items");
    items.forEach(item -> rows.add(partial(item)));
    return list;
  }

  static ObjectNode partial(StoredObject object) {
    ObjectNode partial = JsonTrees.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.metadata());
    return partial;
  }

  private static ObjectNode metadata(long revision) {
    return JsonTrees.object().put("resourceVersion", Long.toString(revision));
  }
}
