package io.firesteel.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.definitions.DefinitionMerger.MergedDefinitions;
import io.firesteel.tenant.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A second definition of a name changes nothing, wherever its file comes in the order of names. */
final class DuplicateNamesTest {

  private static final String TENANT =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: %s}
      spec: {maxConcurrency: %s}
      """;
  private static final String SHARING =
      TENANT.replace("}\nspec: {", "}\nspec: {cohort: all, cohortMaxConcurrency: %s, ");
  private static final String TEMPLATE =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: JobTemplate
      metadata: {name: load}
      spec:
        application:
          type: Java
          sparkVersion: 4.1.1
          image: spark:4.1.1
          mainClass: %s
          mainApplicationFile: local:///load.jar
          driver: {cores: 1}
          executor: {cores: 1}
      """;
  private static final String TRIGGER =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: BlobTrigger
      metadata: {name: all}
      spec: {tenant: sales, template: load, filter: {bucket: %s}}
      """;

  /** States of the folder, one after the other; {@code !} is a document that is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          s:sales=1 > a:sales=9 s:sales=1                   | sales=1         | a.yaml:3 s.yaml:3
          s:sales=1 > s:sales=1 z:sales=9                   | sales=1         | s.yaml:3 z.yaml:3
          s:sales=1 > s:sales=9,sales=1                     | sales=1         | s.yaml:3 s.yaml:8
          s:sales=1 > a:sales=9 s:sales=2                   | sales=1         | a.yaml:3 s.yaml:3
          s:sales=1 > a:sales=8 b:sales=9                   | sales=1         | a.yaml:3 b.yaml:3
          s:sales=1 > a:sales=8 b:sales=9 s:sales=1         | sales=1         | a.yaml:3 b.yaml:3 s.yaml:3
          s:sales=1 > a:sales=9 s:!                         | sales=1         | a.yaml:3 s.yaml:3
          s:sales=1 > a:sales=9 s:sales=1 > a:sales=9 s:sales=1 r:risk=1 | risk=1 sales=1 | a.yaml:3 s.yaml:3
          s:sales=1 r:risk=1 > a:sales=9,ops=3 s:sales=1 r:risk=2 | ops=3 risk=2 sales=1 | a.yaml:3 s.yaml:3
          s:sales=1 > a:sales=9 s:sales=1 > a:sales=9       | sales=9         | ''
          s:sales=1 > a:sales=9 s:sales=1 > s:sales=2       | sales=2         | ''
          s:sales=1 > a:sales=9 s:sales=1 > r:risk=1        | risk=1          | ''
          s:sales=1 > a:sales=9                             | sales=9         | ''
          a:sales=9 s:sales=1                               | ''              | a.yaml:3 s.yaml:3
          a:sales=9 s:sales=1 r:risk=1                      | risk=1          | a.yaml:3 s.yaml:3
          a:sales=9 s:sales=1 > s:sales=1                   | sales=1         | ''
          """)
  void leaveInForceWhatWas(String states, String inForce, String places) {
    Definitions last = after(states.split(" > "));

    assertThat(
            last.tenants().all().stream()
                .map(tenant -> tenant.name() + "=" + tenant.maxConcurrency())
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(inForce);
    assertThat(
            last.errors().stream()
                .filter(error -> error.pointer().equals("/metadata/name"))
                .map(error -> error.file() + ":" + error.line())
                .collect(Collectors.joining(" ")))
        .isEqualTo(places);
  }

  @Test
  void areReportedAtEachPlaceWithTheOthers() {
    assertThat(after("s:sales=1", "a:sales=9 s:sales=1").errors())
        .extracting(DefinitionError::toString)
        .containsExactly(
            "a.yaml:3 /metadata/name: sales is also the name of the Tenant at s.yaml:1;"
                + " the previous one stays in force until you remove one of them",
            "s.yaml:3 /metadata/name: sales is also the name of the Tenant at a.yaml:1;"
                + " the previous one stays in force until you remove one of them");
    assertThat(after("a:sales=9,sales=8").errors())
        .extracting(DefinitionError::toString)
        .contains(
            "a.yaml:8 /metadata/name: sales is also the name of the Tenant at a.yaml:1;"
                + " neither is in force until you remove one of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {TEMPLATE, TRIGGER})
  void leaveTemplatesAndTriggersAsTheyWere(String document) {
    String tenant = TENANT.formatted("sales", 1);
    String others = document.equals(TRIGGER) ? "---\n" + TEMPLATE.formatted("Load") : "";
    var sales = new DefinitionFile("s.yaml", tenant + others);
    var first = new DefinitionFile("m.yaml", document.formatted("one"));
    var second = new DefinitionFile("a.yaml", document.formatted("two"));

    MergedDefinitions good = read(List.of(sales, first), MergedDefinitions.NONE);
    MergedDefinitions twice = read(List.of(sales, first, second), good);
    MergedDefinitions other = read(List.of(sales, second), twice);

    assertThat(good.definitions().errors()).isEmpty();
    assertThat(twice.definitions().templates()).isEqualTo(good.definitions().templates());
    assertThat(twice.definitions().triggers().toString())
        .isEqualTo(good.definitions().triggers().toString());
    assertThat(twice.definitions().errors())
        .extracting(DefinitionError::file)
        .containsExactly("a.yaml", "m.yaml");
    assertThat(other.definitions().errors()).isEmpty();
    Definitions secondOnly = read(List.of(sales, second), MergedDefinitions.NONE).definitions();
    assertThat(other.definitions()).hasToString(secondOnly.toString());
    assertThat(good.definitions()).doesNotHaveToString(secondOnly.toString());
  }

  @Test
  void aTemplateMayHaveTheNameOfATenant() {
    var template = new DefinitionFile("t.yaml", TEMPLATE.formatted("Load"));
    var tenant = new DefinitionFile("s.yaml", TENANT.formatted("load", 1));

    assertThat(read(List.of(template, tenant), MergedDefinitions.NONE).definitions().errors())
        .isEmpty();
  }

  @Test
  void aTenantThatJoinsACohortWithAnotherLimitChangesNothing() {
    var sales = new DefinitionFile("s.yaml", SHARING.formatted("sales", 10, 1));
    var risk = new DefinitionFile("r.yaml", SHARING.formatted("risk", 10, 1));
    var joins = new DefinitionFile("a.yaml", SHARING.formatted("ops", 99, 1));
    var differs = new DefinitionFile("r.yaml", SHARING.formatted("risk", 99, 5));
    var follows = new DefinitionFile("s.yaml", SHARING.formatted("sales", 99, 5));

    MergedDefinitions good = read(List.of(sales, risk), MergedDefinitions.NONE);
    MergedDefinitions joined = read(List.of(sales, risk, joins), good);
    MergedDefinitions differing = read(List.of(sales, differs), good);
    MergedDefinitions followed = read(List.of(follows, differs), differing);

    assertThat(joined.definitions().tenants()).isEqualTo(good.definitions().tenants());
    assertThat(joined.definitions().errors())
        .extracting(DefinitionError::toString)
        .containsExactly(
            "a.yaml:4 /spec/cohortMaxConcurrency: differs from that of tenant risk at r.yaml:1"
                + " in cohort all; use one value");
    assertThat(differing.definitions().tenants()).isEqualTo(good.definitions().tenants());
    assertThat(differing.definitions().errors())
        .extracting(DefinitionError::file)
        .containsExactly("r.yaml");
    assertThat(followed.definitions().errors()).isEmpty();
    assertThat(followed.definitions().tenants().all())
        .extracting(Tenant::cohortMaxConcurrency)
        .containsOnly(99);
  }

  private static Definitions after(String... states) {
    MergedDefinitions merged = MergedDefinitions.NONE;
    for (String state : states) {
      List<DefinitionFile> files =
          Arrays.stream(state.split(" ")).map(DuplicateNamesTest::file).toList();
      merged = read(files, merged);
    }
    return merged.definitions();
  }

  private static DefinitionFile file(String text) {
    String[] parts = text.split(":");
    return new DefinitionFile(
        parts[0] + ".yaml",
        Arrays.stream(parts[1].split(","))
            .map(document -> document.split("="))
            .map(pair -> pair.length == 1 ? "kind: Wrong\n" : TENANT.formatted((Object[]) pair))
            .collect(Collectors.joining("---\n")));
  }

  private static MergedDefinitions read(List<DefinitionFile> files, MergedDefinitions before) {
    return DefinitionMerger.merge(files, before);
  }
}
