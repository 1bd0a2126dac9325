package io.firesteel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the schemas against {@code published-schemas}, the copies at the last release. A breaking
 * change needs a new major version, in a new file.
 */
final class CompatibilityTest {

  private static final Path PUBLISHED = Path.of("src/test/resources/published-schemas");
  private static final Set<String> WRITTEN =
      Set.of(
          "job-event.v1.json", "job-result.v1.json", "job-status.v1.json", "tenant-event.v1.json");

  static List<String> published() throws IOException {
    try (var files = Files.list(PUBLISHED)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void breaksNobodyOfTheSameMajorVersion(String file) throws Exception {
    JsonNode before = StrictJson.read(Files.readAllBytes(PUBLISHED.resolve(file)));
    JsonNode after = Schemas.read(file);

    assertThat(
            WRITTEN.contains(file)
                ? Compatibility.ofWritten(before, after)
                : Compatibility.ofRead(before, after))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'properties':{'a':true}}|{'properties':{}}|true|true",
        "{'properties':{}}|{'properties':{'a':true}}|false|false",
        "{'required':['a']}|{'required':['a','b']}|true|false",
        "{'required':['a','b']}|{'required':['a']}|false|true",
        "{'enum':['a','b']}|{'enum':['a']}|true|false",
        "{'enum':['a']}|{'enum':['a','b']}|false|true",
        "{'type':'string'}|{'type':'integer'}|true|true",
        "{'type':'string'}|{'type':['string','null']}|false|true",
        "{'maxLength':5}|{'maxLength':4}|true|false",
        "{'maxLength':5}|{'maxLength':6}|false|true",
        "{'minimum':1}|{}|false|true",
        "{}|{'maxItems':3}|true|false",
        "{'pattern':'a'}|{'pattern':'b'}|true|true",
        "{}|{'additionalProperties':false}|true|false",
        "{'additionalProperties':false}|{}|false|true",
        "{'properties':{'a':{'items':{'const':1}}}}|{'properties':{'a':{'items':{'const':2}}}}|true|true",
      })
  void findsBreaks(String before, String after, boolean forWriters, boolean forReaders)
      throws InvalidJsonException {
    assertThat(Compatibility.ofRead(json(before), json(after)).isEmpty()).isNotEqualTo(forWriters);
    assertThat(Compatibility.ofWritten(json(before), json(after)).isEmpty())
        .isNotEqualTo(forReaders);
  }

  private static JsonNode json(String text) throws InvalidJsonException {
    return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
