package io.firesteel.spec.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.driver.SampleSpecs;
import io.firesteel.job.RetryPolicy;
import io.firesteel.json.ValidationError;
import io.firesteel.spec.SparkApplicationSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SpecReaderTest {

  @ParameterizedTest
  @CsvFileSource(
      resources = "/io/firesteel/spec/validation/spec-errors.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void namesThePlaceTheErrorAndTheRemedy(String yaml, String pointer, String message) {
    assertThat(errors(SampleSpecs.pi(yaml))).contains(new ValidationError(pointer, message));
  }

  @Test
  void putsTheBaseBeforeEachPointer() {
    assertThat(SpecReader.read(SampleSpecs.pi("{driver: {cores: many}, tpye: Java}"), "/spec"))
        .isInstanceOfSatisfying(
            ParsedSpec.Invalid.class,
            invalid ->
                assertThat(invalid.errors())
                    .extracting(ValidationError::pointer)
                    .containsExactlyInAnyOrder("/spec/driver/cores", "/spec/tpye"));
  }

  @Test
  void acceptsAnIntegerWrittenWithAFraction() {
    assertThat(valid("driver: {cores: 2.0}").driver().pod().cores()).isEqualTo(2);
  }

  @Test
  void reportsAllErrorsAtOnce() {
    assertThat(errors(SampleSpecs.yaml("{tpye: Java, driver: {cores: many}}")))
        .extracting(ValidationError::pointer)
        .containsExactlyInAnyOrder(
            "/tpye",
            "/driver/cores",
            "/executor",
            "/mainApplicationFile",
            "/sparkVersion",
            "/type");
  }

  @Test
  void readsNullAsAbsent() {
    assertThat(SpecReader.read(SampleSpecs.pi("{deps: null, driver: {affinity: null}}"), ""))
        .isInstanceOf(ParsedSpec.Valid.class);
  }

  @Test
  void refusesASpecThatIsNotAnObject() {
    assertThat(errors(TextNode.valueOf("spec"))).hasSize(1);
    assertThat(errors(NullNode.getInstance())).hasSize(1);
  }

  @Test
  void quotesNoFreeText() {
    assertThat(errors(SampleSpecs.pi("sparkConf: [s3cret]")).toString()).doesNotContain("s3cret");
    assertThat(errors(SampleSpecs.pi("sparkConf: {spark.password: 1234}")).toString())
        .doesNotContain("1234");
    assertThat(errors(SampleSpecs.pi("driver: {env: [{name: PASSWORD, value: 1234}]}")).toString())
        .doesNotContain("1234");
    assertThat(
            errors(SampleSpecs.pi("driver: {cores: %s}".formatted("s3cret".repeat(20)))).toString())
        .doesNotContain("s3cret");
  }

  @Test
  void appliesTheOperatorsRetryDefaults() {
    assertThat(valid("{}").retryPolicy()).isEqualTo(RetryPolicy.NEVER);
    assertThat(valid("restartPolicy: {type: Always}").retryPolicy())
        .isEqualTo(
            new RetryPolicy(
                RetryPolicy.RetryType.ALWAYS, 0, Duration.ofSeconds(5), 0, Duration.ofSeconds(5)));
  }

  private static SparkApplicationSpec valid(String yaml) {
    return switch (SpecReader.read(SampleSpecs.pi(yaml), "")) {
      case ParsedSpec.Valid(var spec) -> spec;
      case ParsedSpec.Invalid(var errors) -> throw new AssertionError(errors);
    };
  }

  private static List<ValidationError> errors(JsonNode spec) {
    return switch (SpecReader.read(spec, "")) {
      case ParsedSpec.Valid _ -> List.of();
      case ParsedSpec.Invalid(var errors) -> errors;
    };
  }
}
