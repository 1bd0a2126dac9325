package io.firesteel.spec.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationErrors;

/** Compares JSON with the schema of a spec: unknown fields, missing fields, wrong types. */
record SchemaValidator(SpecSchema schema, ValidationErrors errors) {

  private static final Rule<JsonNode> ARRAY =
      new Rule<>("an array", node -> node.isArray() ? node : null);
  private static final Rule<JsonNode> OBJECT =
      new Rule<>("an object", node -> node.isObject() ? node : null);

  /** Validates an object of a class; a field that is {@code null} is absent, as in Kubernetes. */
  void object(JsonNode node, Class<?> type, String pointer) {
    FieldReader fields = FieldReader.of(node, pointer, errors);
    FieldSchema.ObjectFields known = schema.fields(type);
    known
        .schemas()
        .forEach((name, field) -> {
          JsonNode value = fields.raw(name);
          if (value != null && !value.isNull()) {
            check(value, field, fields.pointerTo(name));
          } else if (node.isObject() && known.required().contains(name)) {
            fields.addError(name, "is missing; give it a value");
          }
        });
    if (!errors.isFull()) {
      fields.rejectUnknown();
    }
  }

  private void check(JsonNode node, FieldSchema field, String pointer) {
    if (errors.isFull()) {
      return;
    }
    switch (field) {
      case FieldSchema.Scalar(var rule) -> FieldReader.value(node, pointer, rule, errors);
      case FieldSchema.ListField(var element) -> list(node, element, pointer);
      case FieldSchema.MapField(var value) -> map(node, value, pointer);
      case FieldSchema.ObjectField(var type) -> object(node, type, pointer);
    }
  }

  private void list(JsonNode node, FieldSchema element, String pointer) {
    if (FieldReader.value(node, pointer, ARRAY, errors) != null) {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), element, pointer + "/" + i);
      }
    }
  }

  private void map(JsonNode node, FieldSchema value, String pointer) {
    if (FieldReader.value(node, pointer, OBJECT, errors) != null) {
      node.properties()
          .forEach(
              field -> check(field.getValue(), value, JsonPointers.child(pointer, field.getKey())));
    }
  }
}
