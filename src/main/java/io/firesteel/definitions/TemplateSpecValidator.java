package io.firesteel.definitions;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.ValidationError;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import java.util.List;

/**
 * Validates the spec of a template or a schedule when it is defined, except for values with
 * placeholders.
 */
final class TemplateSpecValidator {

  private TemplateSpecValidator() {}

  /**
   * Adds errors; returns whether there are none.
   *
   * @param pointer of the spec in its document
   */
  static boolean check(JsonNode spec, String pointer, List<ValidationError> errors) {
    return switch (SpecReader.read(spec, pointer)) {
      case ParsedSpec.Valid _ -> true;
      case ParsedSpec.Invalid(var found) -> {
        int before = errors.size();
        found.stream()
            .filter(error -> isFixed(spec, error.pointer().substring(pointer.length())))
            .forEach(errors::add);
        yield errors.size() == before;
      }
    };
  }

  /** Whether neither the path nor the value has a placeholder. */
  private static boolean isFixed(JsonNode spec, String path) {
    return !path.contains("{{") && !spec.at(JsonPointer.compile(path)).toString().contains("{{");
  }
}
