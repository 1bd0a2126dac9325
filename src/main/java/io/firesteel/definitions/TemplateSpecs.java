package io.firesteel.definitions;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.Problem;
import io.firesteel.spec.ParsedSpec;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.template.JobTemplate;
import java.util.List;

/**
 * Finds what is wrong with a template's spec before anybody uses it, as far as it does not depend
 * on a placeholder.
 */
final class TemplateSpecs {

  private TemplateSpecs() {}

  /** Whether nothing was found. */
  static boolean check(JobTemplate template, List<Problem> problems) {
    JsonNode spec = template.application();
    return switch (SparkApplicationSpec.parse(spec)) {
      case ParsedSpec.Valid _ -> true;
      case ParsedSpec.Invalid(var found) -> {
        int before = problems.size();
        found.stream()
            .filter(p -> isFixed(spec, p.path()))
            .map(p -> new Problem("/spec/application" + p.path(), p.what() + "; " + p.mend()))
            .forEach(problems::add);
        yield problems.size() == before;
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
