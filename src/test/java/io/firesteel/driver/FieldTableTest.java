package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.Warning;
import io.firesteel.spec.SpecFields;
import io.firesteel.spec.validation.IgnoredFields;
import java.io.IOException;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No field of a SparkApplication is forgotten, and each ends up where the table says. */
class FieldTableTest {

  @ParameterizedTest
  @MethodSource("rows")
  void endsUpWhereTheTableSays(FieldRow row) throws IOException {
    assertThat(row.found()).isEqualTo(row.expected());
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void changesNothingWhenTheTableSaysIgnored(FieldTable.Note note) {
    assertThat(TestJson.line(SampleSpecs.built(SampleSpecs.pi(note.yaml()))))
        .isEqualTo(TestJson.line(SampleSpecs.built(SampleSpecs.pi(""))));
  }

  @Test
  void warnsOfEachThatChangesNothingAndOfNoOther() {
    assertThat(ignored().map(note -> "/" + note.field()))
        .containsExactlyInAnyOrderElementsOf(IgnoredFields.REASONS.keySet());
    ignored()
        .forEach(note ->
            assertThat(IgnoredFields.in(SampleSpecs.pi(note.yaml())))
                .extracting(Warning::field)
                .containsExactly("/" + note.field()));
    assertThat(IgnoredFields.in(SampleSpecs.pi(""))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWhenTheTableSaysSo(FieldTable.Note note) {
    assertThat(SampleSpecs.build(SampleSpecs.driver(SampleSpecs.pi(note.yaml()))))
        .isInstanceOf(DriverBuildResult.Unbuildable.class);
  }

  @Test
  void knowsEveryFieldOfTheDefinition() throws IOException {
    var told = new TreeSet<String>();
    rows().forEach(r -> told.add(r.field()));
    int placed = told.size();
    ignored().map(FieldTable.Note::field).filter(field -> !field.contains(".")).forEach(told::add);
    refused().forEach(n -> told.add(n.field()));

    assertThat(told).containsExactlyElementsOf(SpecFields.ofTheDefinition());
    System.out.printf(
        "SparkApplication fields: %d end up somewhere, %d ignored, %d refused; %d in all%n",
        placed, FieldTable.IGNORED.size(), FieldTable.REFUSED.size(), told.size());
  }

  static Stream<FieldRow> rows() {
    return FieldTable.rows().stream();
  }

  static Stream<FieldTable.Note> ignored() {
    return FieldTable.IGNORED.stream();
  }

  static Stream<FieldTable.Note> refused() {
    return FieldTable.REFUSED.stream();
  }
}
