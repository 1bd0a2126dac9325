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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds conf to objects to Spark's own builder, field by field, for each line. */
class SparkOracleTest {

  @ParameterizedTest
  @EnumSource(SparkLine.class)
  void makesWhatSparkMakes(SparkLine line) throws IOException {
    var oracle = new SparkOracle(line);
    List<OracleCase> cases = OracleCases.all();
    List<JsonNode> answers = oracle.answers(cases);
    var tally = new OracleTally(ExpectedDifference.CORE);
    for (int i = 0; i < cases.size(); i++) {
      OracleCase one = cases.get(i);
      JsonNode answer = answers.get(i);
      if (answer.has("refused")) {
        tally.refused(one.name(), answer.get("refused").asText());
      } else {
        tally.add(one.name(), spark(answer), ours(one, line, oracle.version()));
      }
    }
    tally.print("Spark " + oracle.version());

    assertThat(tally.unexplained()).isEmpty();
    assertThat(tally.cases()).isGreaterThanOrEqualTo(80);
  }

  @ParameterizedTest
  @EnumSource(SparkLine.class)
  void refusesWhatSparkRefuses(SparkLine line) throws IOException {
    var oracle = new SparkOracle(line);
    List<OracleCase> cases = OracleCases.refused();
    List<JsonNode> answers = oracle.answers(cases);
    for (int i = 0; i < cases.size(); i++) {
      OracleCase one = cases.get(i);
      var errors = new ValidationErrors("/spec");
      one.build(line, oracle.version(), errors);
      assertThat(answers.get(i).has("refused")).as("Spark: " + one.name()).isTrue();
      assertThat(errors.all()).as(one.name()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SparkLine.class)
  void addsToWholeJobsOnlyWhatTheTableSays(SparkLine line) throws IOException {
    var oracle = new SparkOracle(line);
    List<WholeJobs.WholeJob> jobs = WholeJobs.all(oracle.version());
    List<JsonNode> answers = oracle.answers(jobs.stream().map(WholeJobs.WholeJob::asked).toList());
    var tally = new OracleTally(ExpectedDifference.ofWholeJobs(line));
    for (int i = 0; i < jobs.size(); i++) {
      DriverObjects objects = SampleSpecs.built(jobs.get(i).driver());
      var ours = new ArrayList<JsonNode>(List.of(TestJson.tree(objects.pod())));
      objects.owned().forEach(o -> ours.add(TestJson.tree(o)));
      String configMap = DriverNames.of(jobs.get(i).driver().attempt()).configMap();
      tally.add(jobs.get(i).asked().name(), spark(answers.get(i)), byName(ours, configMap));
    }
    tally.print("Whole jobs, Spark " + oracle.version());

    assertThat(tally.unexplained()).isEmpty();
    assertThat(tally.unused()).isEmpty();
  }

  private static Map<String, JsonNode> spark(JsonNode answer) {
    var objects = new ArrayList<JsonNode>();
    answer.get("objects").forEach(objects::add);
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
