package io.firesteel.spec.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.driver.SampleSpecs;
import io.firesteel.job.RetryPolicy;
import io.firesteel.spec.SparkApplicationSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sparkVerison: 4.1.1 | /sparkVerison | is not a known field | did you mean sparkVersion?",
        "driver: {memry: 4g} | /driver/memry | is not a known field | did you mean memory?",
        "driver: {tolerations: [{key: a, efect: NoSchedule}]}"
            + " | /driver/tolerations/0/efect | is not a known field | did you mean effect?",
        "driver: {template: {spec: {volumes: [{name: a, emptyDirr: {}}]}}}"
            + " | /driver/template/spec/volumes/0/emptyDirr | is not a known field"
            + " | did you mean emptyDir?",
        "driver: {cores: '2'} | /driver/cores | must be a whole number and is a text of 1 characters"
            + " | give a whole number",
        "driver: {cores: 1.5} | /driver/cores"
            + " | must be a whole number and is a number with a fraction | give a whole number",
        "sparkConf: {spark.x: 5} | /sparkConf/spark.x | must be a text and is a whole number"
            + " | put it in quotes",
        "arguments: [1] | /arguments/0 | must be a text and is a whole number | put it in quotes",
        "driver: {env: [{value: x}]} | /driver/env/0/name | is missing | give it a value",
        "driver: {sidecars: [{name: a, resources: {limits: {cpu: lots}}}]}"
            + " | /driver/sidecars/0/resources/limits/cpu"
            + " | must be a quantity such as 500m, 2 or 1Gi and is a text of 4 characters"
            + " | give a quantity such as 500m, 2 or 1Gi",
        "type: Rust | /type | must be one of Java, Scala, Python, R and is a text of 4 characters"
            + " | give one of Java, Scala, Python, R",
        "image: null | /driver/image | is missing"
            + " | give it, or /image for driver and executors",
        "mainClass: null | /mainClass"
            + " | is missing, and the jar's manifest cannot be read from outside the image"
            + " | name the class with the main method",
        "sparkVersion: 2.4.8 | /sparkVersion | is not a version that can be run"
            + " | give a version of Spark 3.5, 4.0 or 4.1, such as 4.1.1",
        "type: Python | /mainApplicationFile | does not end in .py | name the Python file to run",
        "sparkConf: {spark.master: local} | /sparkConf/spark.master | may not be set by a request"
            + " | the cluster is the tenant's",
        "driver: {volumeMounts: [{name: v, mountPath: /v}]} | /driver/volumeMounts/0/name"
            + " | names no volume of this application | add it to /volumes",
        "mainApplicationFile: /opt/a.jar | /mainApplicationFile"
            + " | would have to be uploaded from the sender's disk"
            + " | use local:// for a file in the image, or a place the pods can read, such as"
            + " s3a:// or https://",
      })
  void saysWhatIsWrongWhereAndHowToMendIt(String yaml, String path, String what, String remedy) {
    assertThat(errors(SampleSpecs.pi(yaml))).contains(new SpecError(path, what, remedy));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(errors(SampleSpecs.yaml("{tpye: Java, driver: {cores: many}}")))
        .extracting(SpecError::pointer)
        .containsExactlyInAnyOrder(
            "/tpye",
            "/driver/cores",
            "/executor",
            "/mainApplicationFile",
            "/sparkVersion",
            "/type");
  }

  @Test
  void takesNullForNotGiven() {
    assertThat(SpecReader.read(SampleSpecs.pi("{deps: null, driver: {affinity: null}}")))
        .isInstanceOf(ParsedSpec.Valid.class);
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThat(errors(TextNode.valueOf("spec"))).hasSize(1);
    assertThat(errors(NullNode.getInstance())).hasSize(1);
  }

  @Test
  void neverShowsAValue() {
    assertThat(errors(SampleSpecs.pi("sparkConf: [s3cret]")).toString()).doesNotContain("s3cret");
    assertThat(errors(SampleSpecs.pi("driver: {cores: s3cret}")).toString())
        .doesNotContain("s3cret");
  }

  @Test
  void givesTheOperatorsRetryDefaults() {
    assertThat(valid("{}").retryPolicy()).isEqualTo(RetryPolicy.NEVER);
    assertThat(valid("restartPolicy: {type: Always}").retryPolicy())
        .isEqualTo(
            new RetryPolicy(
                RetryPolicy.RetryType.ALWAYS, 0, Duration.ofSeconds(5), 0, Duration.ofSeconds(5)));
    assertThat(valid("timeToLiveSeconds: 3600").timeToLive()).contains(Duration.ofHours(1));
    assertThat(valid("{}").timeToLive()).isEmpty();
  }

  private static SparkApplicationSpec valid(String yaml) {
    return switch (SpecReader.read(SampleSpecs.pi(yaml))) {
      case ParsedSpec.Valid(var spec) -> spec;
      case ParsedSpec.Invalid(var errors) -> throw new AssertionError(errors);
    };
  }

  private static List<SpecError> errors(JsonNode spec) {
    return switch (SpecReader.read(spec)) {
      case ParsedSpec.Valid _ -> List.of();
      case ParsedSpec.Invalid(var errors) -> errors;
    };
  }
}
