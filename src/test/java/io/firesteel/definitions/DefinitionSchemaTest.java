package io.firesteel.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.json.YamlReader;
import io.firesteel.schema.Mutations;
import io.firesteel.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An editor that checks definitions by the schemas says the same as Firesteel. */
final class DefinitionSchemaTest {

  private static final List<JsonNode> EXAMPLES = examples();

  @Test
  void theExamplesAreValidAndUnderstood() {
    assertThat(SampleDefinitions.examples().errors()).isEmpty();
    assertThat(EXAMPLES).allSatisfy(example -> assertThat(errors(example)).isEmpty());
  }

  /** The spec of a SparkApplication and patterns have checks of their own beyond the schema. */
  @Property(tries = 2000)
  void whatTheSchemaRefusesIsRefused(
      @ForAll int example, @ForAll(supplier = Mutations.Any.class) Mutations mutations)
      throws IOException {
    JsonNode mutated = mutations.mutate(EXAMPLES.get(Math.floorMod(example, EXAMPLES.size())));
    String yaml = new YAMLMapper().writeValueAsString(mutated);

    List<String> bySchema = errors(mutated);
    List<DefinitionError> byReader =
        mutated.isEmpty()
            ? List.of(new DefinitionError("", 0, "", ""))
            : SampleDefinitions.of(yaml).errors();

    if (!bySchema.isEmpty()) {
      assertThat(byReader).as("%s%n%s", yaml, bySchema).isNotEmpty();
    } else if (!byReader.isEmpty()) {
      assertThat(byReader)
          .as(yaml)
          .allMatch(f ->
              f.pointer()
                  .matches(
                      "/spec/(application|parameters|filter/pattern|tenant|template|schedules?|timeZone|catchUp|maxCatchUp).*"));
    }
  }

  private static List<String> errors(JsonNode document) {
    String schema =
        switch (document.path("kind").asText()) {
          case "Cluster" -> "cluster.v1alpha1.json";
          case "Tenant" -> "tenant.v1alpha1.json";
          case "JobTemplate" -> "job-template.v1alpha1.json";
          case "BlobTrigger" -> "blob-trigger.v1alpha1.json";
          case "CompletionTrigger" -> "completion-trigger.v1alpha1.json";
          case "JobSchedule" -> "job-schedule.v1alpha1.json";
          default -> "";
        };
    return schema.isEmpty() ? List.of("kind") : Schemas.problems(schema, document);
  }

  private static List<JsonNode> examples() {
    var documents = new ArrayList<JsonNode>();
    try {
      for (DefinitionFile file : SampleDefinitions.files()) {
        YamlReader.read(file.text()).forEach(document -> documents.add(document.tree()));
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
