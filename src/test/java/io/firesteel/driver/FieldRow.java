package io.firesteel.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.TenantPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where one field of a SparkApplication ends up.
 *
 * @param field its path in the CRD, lists without their index
 * @param yaml a spec that uses it, put over {@link SampleSpecs#PI}
 * @param where {@code property KEY}, {@code driver POINTER}, {@code executor POINTER} (its pod
 *     template), {@code KIND NAME-SUFFIX POINTER} or {@code account}, {@code retry}, {@code ttl}
 * @param expected the value there, as text or JSON
 */
record FieldRow(String field, String yaml, String where, String expected) {

  String found() throws IOException {
    JsonNode spec = SampleSpecs.pi(yaml);
    String[] words = where.split(" ");
    return switch (words[0]) {
      case "property" ->
          String.valueOf(
              DriverBuilderTest.properties(SampleSpecs.built(spec)).getProperty(words[1]));
      case "driver" -> text(TestJson.tree(SampleSpecs.built(spec).pod()).at(words[1]));
      case "executor" ->
          text(
              TestJson.tree(DriverBuilderTest.executorTemplate(SampleSpecs.built(spec)))
                  .at(words[1]));
      case "account" -> account(spec);
      case "retry" -> valid(spec).retryPolicy().toString();
      case "ttl" -> String.valueOf(valid(spec).timeToLiveSeconds());
      default -> text(object(SampleSpecs.built(spec), words[0], words[1]).at(words[2]));
    };
  }

  private static String account(JsonNode spec) throws IOException {
    var tenant =
        Tenant.read(
            "acme",
            TestJson.tree(
                Map.of("maxConcurrency", 1, "allow", Map.of("serviceAccounts", List.of("*")))),
            new ArrayList<>());
    return new TenantPolicy(tenant.orElseThrow()).placement(spec).serviceAccount();
  }

  private static SparkApplicationSpec valid(JsonNode spec) {
    return switch (SpecReader.read(spec, "")) {
      case ParsedSpec.Valid(var valid) -> valid;
      case ParsedSpec.Invalid(var errors) -> throw new AssertionError(errors);
    };
  }

  private static JsonNode object(DriverObjects objects, String kind, String suffix) {
    return Stream.concat(objects.prerequisites().stream(), objects.owned().stream())
        .filter(o -> o.getKind().equals(kind) && named(o, suffix))
        .map(TestJson::tree)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + suffix));
  }

  private static boolean named(HasMetadata object, String suffix) {
    return Objects.requireNonNull(object.getMetadata().getName()).endsWith(suffix);
  }

  private static String text(JsonNode node) {
    return node.isValueNode() ? node.asText() : node.toString();
  }
}
