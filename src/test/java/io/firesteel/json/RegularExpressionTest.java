package io.firesteel.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegularExpressionTest {

  private final List<ValidationError> errors = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in/(?<year>\\d{4})/(?<month>\\d{2})/(?<day>\\d{2})\\.csv",
        "(?P<name>[a-z]+)",
        "\\Q.*\\E",
        "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
        "(\\d{3}\\.){3}\\d{3}",
        "a{1000}"
      })
  void readsWhatRe2Matches(String text) {
    assertThat(read(text)).isNotNull();
    assertThat(errors).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "(a)\\1 \\1",
        "a(?=b) (?=",
        "a++ ++",
        "[a-z&&[^b]] &&[",
        "a{1001} {1001}",
        "((a{1000}){1000}){1000} multiply",
        "(?<a>x)(?<a>y) duplicate",
        "( missing"
      })
  void refusesWhatItCannotMatchAndQuotesIt(String text, String reason) {
    assertThat(read(text)).isNull();
    assertThat(errors)
        .singleElement()
        .satisfies(error -> assertThat(error.pointer()).isEqualTo("/pattern"))
        .satisfies(
            error -> assertThat(error.message()).contains("in the syntax of RE2").contains(reason));
  }

  @Test
  @Timeout(20)
  void takesTimeInProportionToTheText() {
    Pattern pattern = Objects.requireNonNull(read("(a|aa)+b"));

    assertThat(pattern.matches("a".repeat(60_000))).isFalse();
  }

  private @Nullable Pattern read(String text) {
    ObjectNode object = JsonCodec.MAPPER.createObjectNode().put("pattern", text);
    return FieldReader.of(object, "", errors).pattern("pattern", 0);
  }
}
