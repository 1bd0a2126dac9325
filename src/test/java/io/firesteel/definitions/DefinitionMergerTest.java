package io.firesteel.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.Placement;
import io.firesteel.job.TenantLimits;
import io.firesteel.tenant.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionMergerTest {

  private static final String SALES =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata:
        name: sales
      spec:
        maxConcurrency: 2
      """;

  @Test
  void readsATenantWithDefaults() {
    Tenant sales = read(SALES).tenants().find("sales").orElseThrow();

    assertThat(sales.limits())
        .isEqualTo(new TenantLimits("sales", "sales", 2, 1000, 1, TenantLimits.UNLIMITED));
    assertThat(sales.placement()).isEqualTo(new Placement("sales", "spark", null));
    assertThat(sales.defaultPriority()).isZero();
  }

  @Test
  void readsSeveralDocumentsOfOneFile() {
    Definitions definitions = read("---\n" + SALES + "---\n" + SALES.replace("sales", "risk"));

    assertThat(definitions.errors()).isEmpty();
    assertThat(definitions.tenants().byName()).containsOnlyKeys("sales", "risk");
  }

  @Test
  void keepsTheGoodDocumentsBesideABadOne() {
    Definitions definitions =
        read(SALES + "---\n" + SALES.replace("maxConcurrency", "maxConcurency"));

    assertThat(definitions.tenants().byName()).containsOnlyKeys("sales");
    assertThat(definitions.errors())
        .extracting(DefinitionError::toString)
        .containsExactlyInAnyOrder(
            "tenants.yaml:13 /spec/maxConcurency: is not a known field; did you mean maxConcurrency?",
            "tenants.yaml:12 /spec/maxConcurrency: is missing; it must be an integer from 0 to 1000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "maxConcurrency: 2|maxConcurrency: two|tenants.yaml:6 /spec/maxConcurrency: must be an integer from 0 to 1000000, is \"two\"",
        "maxConcurrency: 2|maxConcurrency: -1|tenants.yaml:6 /spec/maxConcurrency: must be an integer from 0 to 1000000, is -1",
        "kind: Tenant|kind: Tennant|tenants.yaml:2 /kind: must be one of BlobTrigger, Cluster, CompletionTrigger, JobSchedule, JobTemplate, Tenant, is \"Tennant\"",
        "name: sales|name: Sales|tenants.yaml:4 /metadata/name: must be 1 to 63 lower-case letters, digits and inner hyphens, is \"Sales\"",
        "kind: Tenant|kind: [|tenants.yaml:4: is not valid YAML: while parsing a flow sequence",
        "kind: Tenant|kind: *a|tenants.yaml:2: is not valid YAML: aliases are not supported",
        "kind: Tenant|apiVersion: x|tenants.yaml:2: is not valid YAML: Duplicate field 'apiVersion'",
      })
  void namesFileLineAndField(String good, String bad, String error) {
    Definitions definitions = read(SALES.replace(good, bad));

    assertThat(definitions.tenants().byName()).isEmpty();
    assertThat(definitions.errors()).extracting(DefinitionError::toString).contains(error);
  }

  @Test
  void reportsATenantWithAnUnknownClusterAndKeepsIt() {
    Definitions definitions = read(SALES + "  cluster: east\n");

    assertThat(definitions.tenants().byName()).hasSize(1);
    assertThat(definitions.errors())
        .singleElement()
        .asString()
        .contains(
            "/spec/cluster: refers to cluster east, which is not defined; defined are default");
  }

  private static Definitions read(String yaml) {
    return DefinitionMerger.merge(
            List.of(new DefinitionFile("tenants.yaml", yaml)),
            DefinitionMerger.MergedDefinitions.NONE)
        .definitions();
  }
}
