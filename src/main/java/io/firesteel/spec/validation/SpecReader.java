package io.firesteel.spec.validation;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.List;
import java.util.Map;

/** Reads a spec in three steps: its shape, its binding to records, its sense. */
public final class SpecReader {

  private static final ObjectMapper MAPPER = mapper();
  private static final SpecSchema SCHEMA =
      SpecSchema.reachableFrom(SparkApplicationSpec.class, MAPPER);

  private SpecReader() {}

  /** Reads a spec; never throws, whatever it is given. */
  public static ParsedSpec read(JsonNode node) {
    var specErrors = new SpecErrors();
    new SchemaValidator(SCHEMA, specErrors).object(node, SparkApplicationSpec.class, "");
    if (!specErrors.isEmpty()) {
      return new ParsedSpec.Invalid(specErrors.all());
    }
    SparkApplicationSpec spec;
    try {
      spec = MAPPER.treeToValue(node, SparkApplicationSpec.class);
    } catch (JsonProcessingException | RuntimeException e) {
      // Only a value that has the right shape and that a Kubernetes class still refuses comes here.
      specErrors.add(
          "", "cannot be read (" + e.getClass().getSimpleName() + ")", "check its values");
      return new ParsedSpec.Invalid(specErrors.all());
    }
    new SpecValidator(spec, specErrors).validate();
    return specErrors.isEmpty()
        ? new ParsedSpec.Valid(spec)
        : new ParsedSpec.Invalid(specErrors.all());
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
