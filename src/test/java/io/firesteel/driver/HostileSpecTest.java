package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.SpecFields;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a spec holds, there are objects or reasons, and never an exception. */
class HostileSpecTest {

  private static final List<String> KNOWN_NAMES =
      List.of("name", "mountPath", "spec", "metadata", "labels", "containers", "env", "volumes");

  @Property(tries = 3000)
  void buildsOrRefusesWithReasons(@ForAll("specs") JsonNode spec) {
    switch (SampleSpecs.build(SampleSpecs.driver(spec))) {
      case DriverBuildResult.Built(var objects, _, _) ->
          assertThat(objects.pod().getMetadata().getName()).isNotEmpty();
      case DriverBuildResult.Unbuildable(var errors) -> assertThat(errors).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<JsonNode> specs() throws IOException {
    Arbitrary<String> fields = Arbitraries.of(List.copyOf(SpecFields.ofTheDefinition()));
    return Combinators.combine(fields, values(3), fields, values(2))
        .as((field, value, other, more) -> {
          ObjectNode spec = SampleSpecs.pi("");
          put(spec, field, value);
          put(spec, other, more);
          return spec;
        });
  }

  private static void put(ObjectNode spec, String field, JsonNode value) {
    String[] names = field.split("/");
    ObjectNode at = spec;
    for (int i = 0; i < names.length - 1; i++) {
      at = at.get(names[i]) instanceof ObjectNode there ? there : at.putObject(names[i]);
    }
    at.set(names[names.length - 1], value);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.of(
            TestJson.read("null"),
            TestJson.read("true"),
            TestJson.read("-1"),
            TestJson.read("99999999999999999999"),
            TestJson.read("0.5"),
            TestJson.read("\"\""),
            TestJson.read("\"4g\""),
            TestJson.read("\"a:b:c\""),
            TestJson.read("\"{{APP_ID}}\\u0000\\n\""),
            TestJson.read("\"local:///x.py\""),
            TestJson.read("[]"),
            TestJson.read("{}"));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<JsonNode> inner = values(depth - 1);
    Arbitrary<JsonNode> objects =
        Combinators.combine(Arbitraries.of(KNOWN_NAMES), inner, Arbitraries.of(KNOWN_NAMES), inner)
            .as((a, x, b, y) -> {
              ObjectNode object = (ObjectNode) TestJson.read("{}");
              object.set(a, x);
              object.set(b, y);
              return object;
            });
    Arbitrary<JsonNode> lists =
        inner.list().ofMaxSize(3).map(list -> ((ArrayNode) TestJson.read("[]")).addAll(list));
    return Arbitraries.oneOf(leaves, objects, lists);
  }
}
