package io.firesteel.intake.decision;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;

/**
 * A parameter keeps its type when it is filled in, which is right for {@code instances} and wrong
 * for {@code arguments}: where the spec wants a text, a number or a boolean is written as one.
 */
final class TextCoercion {

  private TextCoercion() {}

  /** The spec, changed where it wants texts. */
  static JsonNode coerce(JsonNode spec) {
    if (SpecReader.read(spec, "") instanceof ParsedSpec.Invalid(var errors)) {
      errors.forEach(error -> coerce(spec, error.pointer()));
    }
    return spec;
  }

  private static void coerce(JsonNode spec, String path) {
    JsonPointer pointer = pointer(path);
    JsonNode value = spec.at(pointer);
    if (!value.isNumber() && !value.isBoolean()) {
      return;
    }
    TextNode text = TextNode.valueOf(value.asText());
    switch (spec.at(pointer.head())) {
      case ArrayNode list -> list.set(pointer.last().getMatchingIndex(), text);
      case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), text);
      default -> {}
    }
  }

  private static JsonPointer pointer(String path) {
    try {
      return JsonPointer.compile(path);
    } catch (IllegalArgumentException _) {
      return JsonPointer.empty();
    }
  }
}
