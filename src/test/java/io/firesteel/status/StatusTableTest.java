package io.firesteel.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** The table over the status topic. */
final class StatusTableTest {

  @Test
  void aStatusThatCannotBeReadCountsAsMissing() {
    try (TopologyTestDriver driver =
        new TopologyTestDriver(StatusTable.topology("status"), new Properties())) {
      driver
          .createInputTopic("status", new StringSerializer(), new ByteArraySerializer())
          .pipeInput("blue/1", "{".getBytes(UTF_8));

      byte[] stored = driver.<String, byte[]>getKeyValueStore("status").get("blue/1");
      assertThat(StatusTable.read("blue/1", stored)).isEmpty();
    }
  }
}
