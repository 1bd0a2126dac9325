package io.firesteel.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The template that a job was made from.
 *
 * @param parameters the values that the request supplied, without the template's defaults; null if
 *     they are too large to be kept with the job's status
 */
public record TemplateUse(String name, @Nullable Map<String, JsonNode> parameters) {
  public TemplateUse {
    parameters = parameters == null ? null : Map.copyOf(parameters);
  }
}
