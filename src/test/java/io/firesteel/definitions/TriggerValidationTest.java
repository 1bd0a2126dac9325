package io.firesteel.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trigger that cannot work says so when it is read, with the field. */
final class TriggerValidationTest {

  private static final int LINE_OF_THE_SPEC = 24;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "template: load, filter: {bucket: b}|/spec/tenant",
        "tenant: sales, filter: {bucket: b}|/spec/template",
        "tenant: sales, template: load|/spec/filter",
        "tenant: sales, template: load, filter: {}|/spec/filter/bucket",
        "tenant: sales, template: load, filter: {bucket: b, pattern: '('}|/spec/filter/pattern",
        "tenant: sales, template: load, filter: {bucket: b, stores: [ftp]}|/spec/filter/stores/0",
        "tenant: sales, template: load, filter: {bucket: b, minimumSize: -1}|/spec/filter/minimumSize",
        "tenant: sales, template: load, filter: {bucket: b}, parameters: {key: '{{kee}}'}|did you mean key",
        "tenant: sales, template: load, filter: {bucket: b}, parameters: {key: '{{'}|/spec/parameters/key",
        "tenant: sales, template: load, filter: {bucket: b}, parametres: {key: x}|did you mean parameters",
        "tenant: sails, template: load, filter: {bucket: b}, parameters: {key: x}|/spec/tenant: refers to tenant sails, which is not defined; did you mean sales?",
        "tenant: zz, template: load, filter: {bucket: b}, parameters: {key: x}|refers to tenant zz, which is not defined; defined are sales",
        "tenant: sales, template: laod, filter: {bucket: b}, parameters: {key: x}|/spec/template: refers to template laod, which is not defined or does not allow tenant sales; did you mean load?",
        "tenant: sales, template: load, filter: {bucket: b}, parameters: {kee: x}|/spec/parameters/kee: is not a parameter of template load; did you mean key?",
      })
  void namesTheField(String spec, String message) {
    Definitions definitions =
        SampleDefinitions.triggered(
            "{name: key, type: string, required: true}", "\"{{key}}\"", spec);

    assertThat(definitions.errors())
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.line()).isEqualTo(LINE_OF_THE_SPEC))
        .anySatisfy(error -> assertThat(error.toString()).contains("test.yaml").contains(message));
  }
}
