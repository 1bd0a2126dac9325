package io.firesteel.spec.validation;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a spec in three steps: its schema, its binding to records, its meaning. */
public final class SpecReader {

  private static final ObjectMapper MAPPER = mapper();
  private static final SpecSchema SCHEMA =
      SpecSchema.reachableFrom(SparkApplicationSpec.class, MAPPER);

  private SpecReader() {}

  /**
   * Reads a spec; never throws, whatever the node is.
   *
   * @param base the pointer of the spec, put before that of each error
   */
  public static ParsedSpec read(JsonNode node, String base) {
    var errors = new ValidationErrors(base);
    new SchemaValidator(SCHEMA, errors).object(node, SparkApplicationSpec.class, "");
    if (errors.isEmpty()) {
      SparkApplicationSpec spec = bind(node, errors);
      if (spec != null) {
        new SpecValidator(spec, errors).validate();
        if (errors.isEmpty()) {
          return new ParsedSpec.Valid(spec);
        }
      }
    }
    return new ParsedSpec.Invalid(errors.all());
  }

  /** Null for a value of the right type that a Kubernetes class still refuses. */
  private static @Nullable SparkApplicationSpec bind(JsonNode node, ValidationErrors errors) {
    try {
      return MAPPER.treeToValue(node, SparkApplicationSpec.class);
    } catch (JsonMappingException e) {
      errors.add(pointer(e), "is not a valid value", "check it against the Kubernetes reference");
    } catch (JsonProcessingException | RuntimeException e) {
      errors.add("", "cannot be read (" + e.getClass().getSimpleName() + ")", "check its values");
    }
    return null;
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step ->
            step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
        .reduce("", JsonPointers::child);
  }

  private static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    var empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    mapper.configOverride(List.class).setSetterInfo(empty);
    mapper.configOverride(Map.class).setSetterInfo(empty);
    return mapper;
  }
}
