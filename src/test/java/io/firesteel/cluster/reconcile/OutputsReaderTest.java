package io.firesteel.cluster.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.inbox.Observation;
import io.firesteel.inbox.Outputs;
import io.firesteel.json.JsonCodec;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputsReaderTest {

  @Test
  void readsScalarsAndListsOfTexts() {
    Outputs outputs =
        written("{\"rows\": 42, \"ok\": true, \"path\": \"s3a://x\", \"days\": [\"1\"]}");

    assertThat(outputs.unreadable()).isNull();
    assertThat(JsonCodec.toTree(outputs.values()).toString())
        .isEqualTo("{\"days\":[\"1\"],\"ok\":true,\"path\":\"s3a://x\",\"rows\":42}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rows=42             | is not valid JSON at line 1, column 1; write one JSON object to the file that FIRESTEEL_OUTPUTS names
          {"a":1} {"b":2}     | is not valid JSON at line 1, column 9; write one JSON object to the file that FIRESTEEL_OUTPUTS names
          {"a":1,"a":2}       | repeats a field at line 1, column 11; write one JSON object to the file that FIRESTEEL_OUTPUTS names
          ["a"]               | must be a JSON object of at most 16 fields, is an array
          {"a":null}          | /outputs/a: must be a string without control characters, a number, a boolean or an array of such strings, is null
          {"a":{"b":1}}       | /outputs/a: must be a string without control characters, a number, a boolean or an array of such strings, is an object
          {"a":[1]}           | /outputs/a: must be a string without control characters, a number, a boolean or an array of such strings, is an array
          {"a":1e999}         | /outputs/a: must be a string without control characters, a number, a boolean or an array of such strings, is a number; put it in quotes
          {"a":"x\\u0000"}    | /outputs/a: must be a string without control characters, a number, a boolean or an array of such strings, is a string
          {"a":"\\ud800"}     | /outputs/a: must be a string without control characters, a number, a boolean or an array of such strings, is a string
          {"a b":1}           | /outputs/a b: the name must be 1 to 63 letters, digits and underscores, no digit first
          """)
  void saysWhyOutputsCannotBeRead(String message, String why) {
    Outputs outputs = written(message);

    assertThat(outputs.values()).isEmpty();
    assertThat(outputs.unreadable()).isEqualTo(why);
  }

  @Test
  void acceptsWhatTheKubeletKeepsAndNoMore() {
    assertThat(written("{\"a\":\"" + "x".repeat(4088) + "\"}").values()).hasSize(1);
    assertThat(written("x".repeat(4095) + "}").unreadable())
        .startsWith("exceeds 4,096 bytes, and the kubelet keeps only the last of them");
  }

  @Test
  void acceptsSixteenValues() {
    assertThat(written(fields(16)).values()).hasSize(16);
    assertThat(written(fields(17)).unreadable())
        .isEqualTo("must be a JSON object of at most 16 fields, has 17");
  }

  @Test
  void readsNothingFromAFailureAnInitContainerOrASilentDriver() {
    String message = "{\"rows\":42}";
    assertThat(OutputsReader.of(container(null, 1, message))).isEqualTo(Outputs.NONE);
    assertThat(OutputsReader.of(container("init", 0, message))).isEqualTo(Outputs.NONE);
    assertThat(OutputsReader.of(container(null, 0, null))).isEqualTo(Outputs.NONE);
    assertThat(OutputsReader.of(container(null, 0, " \n"))).isEqualTo(Outputs.NONE);
    assertThat(OutputsReader.of(null)).isEqualTo(Outputs.NONE);
  }

  @Property(tries = 500)
  void neverThrowsAndAlwaysWritesWhatItRead(@ForAll String text, @ForAll boolean quoted) {
    String message =
        quoted
            ? JsonNodeFactory.instance
                .objectNode()
                .put("a", text.replaceAll("\\p{Cs}", ""))
                .toString()
            : text;
    Outputs outputs = written(message);
    Observation finished =
        new Observation.Finished(SamplePods.FIRST, SamplePods.NOON, null, outputs);

    assertThat(JsonCodec.read(JsonCodec.write(finished), Observation.class)).isEqualTo(finished);
  }

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"f" + i + "\":" + i)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Outputs written(String message) {
    return OutputsReader.of(container(null, 0, message));
  }

  private static Container container(@Nullable String init, int code, @Nullable String message) {
    return new Container(
        init, null, null, new ContainerTerminated(code, null, message, SamplePods.NOON));
  }
}
