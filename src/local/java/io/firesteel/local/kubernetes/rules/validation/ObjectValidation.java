package io.firesteel.local.kubernetes.rules.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ApiException.Cause;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Validation of all kinds (422 Invalid); {@link PodValidation} adds the rules for pods. */
public final class ObjectValidation {
  private static final int MAX_DATA_BYTES = 1 << 20;

  private ObjectValidation() {}

  public static void validateCreate(ObjectKey key, JsonNode object) {
    List<Cause> causes = new ArrayList<>();
    NameValidation.nameError(key.kind(), key.name())
        .ifPresent(why -> causes.add(Cause.invalid("metadata.name", key.name(), why)));
    metadata(object.path("metadata"), causes);
    if (key.kind().isPod()) {
      PodValidation.validateCreate(object, causes);
    }
    data(key, object, causes);
    throwIfInvalid(key, causes);
  }

  public static void validateUpdate(StoredObject current, JsonNode next) {
    List<Cause> causes = new ArrayList<>();
    metadata(next.path("metadata"), causes);
    finalizers(current, next, causes);
    data(current.key(), next, causes);
    immutableData(current, next, causes);
    if (current.key().kind().isPod()) {
      PodValidation.validateUpdate(current.json(), next, causes);
    }
    if (current.key().kind().is("services")) {
      clusterIp(current.json(), next, causes);
    }
    throwIfInvalid(current.key(), causes);
  }

  private static void throwIfInvalid(ObjectKey key, List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw ApiException.invalid(key, causes);
    }
  }

  private static void metadata(JsonNode metadata, List<Cause> causes) {
    for (var label : metadata.path("labels").properties()) {
      NameValidation.labelKeyError(label.getKey())
          .ifPresent(why -> causes.add(Cause.invalid("metadata.labels", label.getKey(), why)));
      String value = label.getValue().asText();
      NameValidation.labelValueError(value)
          .ifPresent(why -> causes.add(Cause.invalid("metadata.labels", value, why)));
    }
    int annotations = 0;
    for (var annotation : metadata.path("annotations").properties()) {
      NameValidation.labelKeyError(annotation.getKey().toLowerCase(Locale.ROOT))
          .ifPresent(
              why -> causes.add(Cause.invalid("metadata.annotations", annotation.getKey(), why)));
      annotations += annotation.getKey().length() + annotation.getValue().asText().length();
    }
    if (annotations > 256 * 1024) {
      causes.add(tooLong("metadata.annotations", 256 * 1024));
    }
    owners(metadata.path("ownerReferences"), causes);
  }

  private static void owners(JsonNode owners, List<Cause> causes) {
    int controllers = 0;
    for (int i = 0; i < owners.size(); i++) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owners.path(i).path(field).asText("").isEmpty()) {
          causes.add(
              new Cause(
                  "metadata.ownerReferences." + field,
                  "FieldValueInvalid",
                  "Invalid value: \"\": must not be empty"));
        }
      }
      controllers += owners.path(i).path("controller").asBoolean() ? 1 : 0;
    }
    if (controllers > 1) {
      causes.add(
          Cause.invalid(
              "metadata.ownerReferences",
              Integer.toString(controllers),
              "Only one reference can have Controller set to true"));
    }
  }

  private static void finalizers(StoredObject current, JsonNode next, List<Cause> causes) {
    if (!current.deleting()) {
      return;
    }
    for (JsonNode finalizer : next.path("metadata").path("finalizers")) {
      if (!current.hasFinalizer(finalizer.asText())) {
        causes.add(
            Cause.forbidden(
                "metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new"
                    + " finalizers []string{\"%s\"}".formatted(finalizer.asText())));
      }
    }
  }

  private static void data(ObjectKey key, JsonNode object, List<Cause> causes) {
    if (!key.kind().is("configmaps") && !key.kind().is("secrets")) {
      return;
    }
    long size = 0;
    for (String field : List.of("data", "binaryData")) {
      for (var entry : object.path(field).properties()) {
        NameValidation.dataKeyError(entry.getKey())
            .ifPresent(why -> causes.add(Cause.invalid(field, entry.getKey(), why)));
        size += entry.getValue().asText().length();
      }
    }
    if (size > MAX_DATA_BYTES * (key.kind().is("secrets") ? 4L / 3 : 1)) {
      causes.add(tooLong("", MAX_DATA_BYTES));
    }
  }

  private static void immutableData(StoredObject current, JsonNode next, List<Cause> causes) {
    JsonNode old = current.json();
    boolean holdsData = current.key().kind().is("configmaps") || current.key().kind().is("secrets");
    if (holdsData && old.path("immutable").asBoolean()) {
      if (!next.path("immutable").asBoolean()) {
        causes.add(Cause.forbidden("immutable", "field is immutable when `immutable` is set"));
      }
      for (String field : List.of("data", "binaryData")) {
        if (!old.path(field).equals(next.path(field))) {
          causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
        }
      }
    }
    if (current.key().kind().is("secrets") && !old.path("type").equals(next.path("type"))) {
      causes.add(Cause.invalid("type", next.path("type").asText(), "field is immutable"));
    }
  }

  private static void clusterIp(JsonNode old, JsonNode next, List<Cause> causes) {
    String before = JsonTrees.text(old, "spec", "clusterIP");
    String after = JsonTrees.text(next, "spec", "clusterIP");
    if (!before.isEmpty() && !before.equals(after)) {
      causes.add(Cause.invalid("spec.clusterIP", after, "field is immutable"));
    }
  }

  private static Cause tooLong(String field, int bytes) {
    return new Cause(
        field, "FieldValueTooLong", "Too long: may not be more than " + bytes + " bytes");
  }
}
