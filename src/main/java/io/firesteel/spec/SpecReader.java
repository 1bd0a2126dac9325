package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** Reads a spec in three steps: its shape, its binding to records, its sense. */
final class SpecReader {

  private static final ObjectMapper MAPPER = mapper();
  private static final Shapes SHAPES = Shapes.reachableFrom(SparkApplicationSpec.class, MAPPER);

  private SpecReader() {}

  static ParsedSpec read(JsonNode node) {
    var problems = new Problems();
    new ShapeCheck(SHAPES, problems).bean(node, SparkApplicationSpec.class, "");
    if (!problems.none()) {
      return new ParsedSpec.Invalid(problems.found());
    }
    SparkApplicationSpec spec;
    try {
      spec = MAPPER.treeToValue(node, SparkApplicationSpec.class);
    } catch (JsonProcessingException | RuntimeException e) {
      // Only a value that has the right shape and that a Kubernetes class still refuses comes here.
      problems.add("", "cannot be read (" + e.getClass().getSimpleName() + ")", "check its values");
      return new ParsedSpec.Invalid(problems.found());
    }
    new SpecChecks(spec, problems).run();
    return problems.none() ? new ParsedSpec.Valid(spec) : new ParsedSpec.Invalid(problems.found());
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
