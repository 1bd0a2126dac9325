package io.firesteel.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.kafka.JsonSerde;
import org.junit.jupiter.api.Test;

final class JsonCodecTest {

  private static final Attempt ATTEMPT = new Attempt(new JobKey("acme", "daily"), 7, 2);

  @Test
  void readsWhatItWrote() {
    assertThat(JsonCodec.read(JsonCodec.write(ATTEMPT), Attempt.class)).isEqualTo(ATTEMPT);
  }

  @Test
  void ignoresFieldsOfANewerVersion() {
    byte[] newer =
        "{\"job\":\"acme/daily\",\"generation\":7,\"number\":2,\"mood\":\"good\"}"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThat(JsonCodec.read(newer, Attempt.class)).isEqualTo(ATTEMPT);
  }

  @Test
  void keepsTheDigitsOfOthers() {
    byte[] numbers = "[1.10,1E+6,1E-400]".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThat(JsonCodec.write(JsonCodec.read(numbers, JsonNode.class))).isEqualTo(numbers);
  }

  @Test
  void writesNothingForATombstone() {
    assertThat(JsonSerde.serde(Attempt.class).serializer().serialize("topic", null)).isNull();
    assertThat(JsonSerde.serde(Attempt.class).deserializer().deserialize("topic", null)).isNull();
  }
}
