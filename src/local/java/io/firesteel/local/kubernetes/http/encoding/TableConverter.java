package io.firesteel.local.kubernetes.http.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The table that {@code kubectl get} prints. */
final class TableConverter {
  private final List<TableColumn> columns;
  private final String includeObject;
  private final InstantSource clock;

  TableConverter(ResourceKind kind, String includeObject, InstantSource clock) {
    this.columns = TableColumns.of(kind);
    this.includeObject = includeObject;
    this.clock = clock;
  }

  ObjectNode of(List<StoredObject> objects, JsonNode metadata) {
    ObjectNode table = empty(metadata);
    ArrayNode rows = (ArrayNode) table.path("rows");
    Instant now = clock.instant();
    objects.forEach(object -> rows.add(row(object, now)));
    return table;
  }

  /** A bookmark in the form of a table row, for a watch of tables. */
  ObjectNode bookmark(ObjectNode bookmark, JsonNode metadata) {
    ObjectNode table = empty(metadata);
    ObjectNode row = ((ArrayNode) table.path("rows")).addObject();
    ArrayNode cells = row.putArray("cells");
    columns.forEach(_ -> cells.add(""));
    row.set("object", bookmark);
    return table;
  }

  private ObjectNode empty(JsonNode metadata) {
    ObjectNode table = JsonTrees.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    ArrayNode definitions = table.putArray("columnDefinitions");
    columns.forEach(column -> definitions.add(column.definition()));
    table.putArray("rows");
    return table;
  }

  private ObjectNode row(StoredObject object, Instant now) {
    ObjectNode row = JsonTrees.object();
    ArrayNode cells = row.putArray("cells");
    columns.forEach(column -> cells.add(column.cell().apply(object.json(), now)));
    switch (includeObject) {
      case "None" -> row.putNull("object");
      case "Object" -> row.set("object", object.json());
      default -> row.set("object", ResponseEncoder.partial(object));
    }
    return row;
  }
}
