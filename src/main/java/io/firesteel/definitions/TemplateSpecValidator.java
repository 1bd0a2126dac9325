package io.firesteel.definitions;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.ValidationError;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import io.firesteel.template.JobTemplate;
import java.util.List;

/**
 * Finds what is wrong with a template's spec before anybody uses it, as far as it does not depend
 * on a placeholder.
 */
final class TemplateSpecValidator {

  private static final String SPEC = "/spec/application";

  private TemplateSpecValidator() {}

  /** Whether nothing was found. */
  static boolean check(JobTemplate template, List<ValidationError> errors) {
    JsonNode spec = template.application();
    return switch (SpecReader.read(spec, SPEC)) {
      case ParsedSpec.Valid _ -> true;
      case ParsedSpec.Invalid(var found) -> {
        int before = errors.size();
        found.stream()
            .filter(p -> isFixed(spec, p.pointer().substring(SPEC.length())))
            .forEach(errors::add);
        yield errors.size() == before;
      }
    };
  }

  /** A path with no placeholder at it or below it. */
  private static boolean isFixed(JsonNode spec, String path) {
    try {
      return !spec.at(JsonPointer.compile(path)).toString().contains("{{") && !path.contains("{{");
    } catch (IllegalArgumentException _) {
      return true;
    }
  }
}
