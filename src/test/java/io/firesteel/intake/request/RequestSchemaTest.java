package io.firesteel.intake.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.intake.SampleMessages;
import io.firesteel.json.ValidationError;
import io.firesteel.schema.Mutations;
import io.firesteel.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The schemas and the reader say the same. */
final class RequestSchemaTest {

  private static final String SCHEMA = "plain-job-request.v1.json";
  private static final List<String> EXAMPLES =
      List.of(
          "examples/job-request.v1.json",
          "examples/job-request.v1.manifest.json",
          "examples/job-request.v1.template.json",
          "examples/plain-job-request.v1.json");

  @Test
  void everyExampleIsValidAndUnderstood() {
    for (String example : EXAMPLES) {
      JsonNode document = Schemas.read(example);

      assertThat(Schemas.problems(SCHEMA, document)).as(example).isEmpty();
      assertThat(readerProblems(document)).as(example).isEmpty();
    }
  }

  @Test
  void theCloudEventsPayloadsAreValidByTheirOwnSchema() {
    for (String example : EXAMPLES.subList(0, 3)) {
      assertThat(Schemas.problems("job-request.v1.json", Schemas.read(example))).isEmpty();
    }
  }

  @Property(tries = 4000)
  void theReaderAcceptsExactlyWhatTheSchemaAccepts(
      @ForAll int example, @ForAll(supplier = Mutations.Any.class) Mutations mutations) {
    JsonNode mutated =
        mutations.mutate(Schemas.read(EXAMPLES.get(Math.floorMod(example, EXAMPLES.size()))));

    List<String> bySchema = Schemas.problems(SCHEMA, mutated);
    List<String> byReader = readerProblems(mutated);

    assertThat(byReader.isEmpty())
        .as("%s%nschema: %s%nreader: %s", mutated, bySchema, byReader)
        .isEqualTo(bySchema.isEmpty());
  }

  private static List<String> readerProblems(JsonNode document) {
    ReceivedMessage message =
        SampleMessages.of("spark-job-requests.sales", Map.of(), document.toString());
    return switch (EnvelopeReader.read(message)) {
      case EnvelopeResult.InvalidEnvelope(Rejection rejection) -> List.of(rejection.message());
      case EnvelopeResult.ValidEnvelope(Envelope envelope) -> {
        var errors = new ArrayList<ValidationError>();
        JobRequestReader.read(envelope, errors);
        if (!envelope.type().equals(RequestEventType.JOB_REQUEST.value())) {
          errors.add(new ValidationError("/type", "is not known"));
        }
        yield errors.stream().map(ValidationError::toString).toList();
      }
    };
  }
}
