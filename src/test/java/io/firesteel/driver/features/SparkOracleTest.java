package io.firesteel.driver.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.DriverObjects;
import io.firesteel.driver.SampleSpecs;
import io.firesteel.driver.TestJson;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds conf to objects to Spark's own builder, field by field, for each line whose builder there
 * is.
 */
@ParameterizedClass
@MethodSource("lines")
class SparkOracleTest {

  private final SparkLine line;
  private final SparkOracle oracle;

  SparkOracleTest(SparkLine line) {
    this.line = line;
    this.oracle = new SparkOracle(line);
  }

  static Set<SparkLine> lines() {
    return SparkOracle.VERSIONS.keySet();
  }

  @Test
  void makesWhatSparkMakes() throws IOException {
    List<OracleCase> cases = OracleCases.all(line);
    List<JsonNode> answers = oracle.answers(cases);
    var tally = new OracleTally(ExpectedDifference.ofConf(line));
    for (int i = 0; i < cases.size(); i++) {
      OracleCase one = cases.get(i);
      JsonNode answer = answers.get(i);
      if (answer.has("refused")) {
        tally.refused(one.name(), answer.get("refused").asText());
      } else {
        tally.add(one.name(), spark(one, answer), ours(one, line, oracle.version()));
      }
    }
    tally.print("Spark " + oracle.version());

    assertThat(tally.unexplained()).isEmpty();
    assertThat(tally.cases()).isGreaterThanOrEqualTo(line.isSupported() ? 190 : 60);
  }

  @Test
  void refusesWhatSparkRefuses() throws IOException {
    List<OracleCase> cases = OracleCases.refused();
    List<JsonNode> answers = oracle.answers(cases);
    for (int i = 0; i < cases.size(); i++) {
      OracleCase one = cases.get(i);
      var errors = new ValidationErrors("/spec");
      one.build(line, oracle.version(), errors);
      // Earlier ones checked less.
      assertThat(answers.get(i).has("refused") || !line.isSupported())
          .as("Spark: " + one.name())
          .isTrue();
      assertThat(errors.all()).as(one.name()).isNotEmpty();
    }
  }

  @Test
  void addsToWholeJobsOnlyWhatTheTableSays() throws IOException {
    List<WholeJobs.WholeJob> jobs = WholeJobs.all(oracle.version());
    List<JsonNode> answers = oracle.answers(jobs.stream().map(WholeJobs.WholeJob::asked).toList());
    var tally = new OracleTally(ExpectedDifference.ofWholeJobs(line));
    for (int i = 0; i < jobs.size(); i++) {
      DriverObjects objects = SampleSpecs.built(jobs.get(i).driver());
      var ours = new ArrayList<JsonNode>(List.of(TestJson.tree(objects.pod())));
      objects.owned().forEach(o -> ours.add(TestJson.tree(o)));
      String configMap = DriverNames.of(jobs.get(i).driver().attempt()).configMap();
      OracleCase asked = jobs.get(i).asked();
      // Before, Spark made no claims on demand, or failed.
      if (line.atLeast(SparkLine.V3_3) || !asked.name().equals("claim")) {
        tally.add(asked.name(), spark(asked, answers.get(i)), byName(ours, configMap));
      }
    }
    tally.print("Whole jobs, Spark " + oracle.version());

    assertThat(tally.unexplained()).isEmpty();
    assertThat(tally.cases()).isGreaterThanOrEqualTo(10);
    if (line.isSupported()) {
      assertThat(tally.unused()).isEmpty();
    }
  }

  private static Map<String, JsonNode> spark(OracleCase asked, JsonNode answer) {
    // In Spark 3.0, the executors' templates of all drivers have one name.
    String template = "\"" + asked.prefix() + "-driver-podspec-conf-map\"";
    String text = answer.toString().replace("\"podspec-configmap\"", template);
    var objects = new ArrayList<JsonNode>();
    TestJson.read(text).get("objects").forEach(objects::add);
    return byName(objects, answer.get("configMap").asText());
  }

  private static Map<String, JsonNode> ours(OracleCase one, SparkLine line, String version) {
    var errors = new ValidationErrors("/spec");
    DriverDraft draft = one.build(line, version, errors);
    assertThat(errors.all()).as(one.name()).isEmpty();
    List<JsonNode> objects =
        Stream.concat(Stream.of(draft.pod()), draft.owned().stream()).map(TestJson::tree).toList();
    return byName(objects, OracleCase.CONFIG_MAP);
  }

  private static Map<String, JsonNode> byName(List<JsonNode> objects, String configMap) {
    var named = new LinkedHashMap<String, JsonNode>();
    for (JsonNode object : ObjectDiff.withClaimsByVolume(objects)) {
      JsonNode normalised = ObjectDiff.normalised(object, configMap);
      named.put(
          normalised.path("kind").asText() + " " + normalised.at("/metadata/name").asText(),
          normalised);
    }
    return named;
  }
}
