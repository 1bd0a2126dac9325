package io.firesteel.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.RecordContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** What a topology wrote; every record is held to the contract before a test sees it. */
public final class TopologyOutput {

  private final TopologyTestDriver driver;
  private final RecordContract contract = new RecordContract();

  public TopologyOutput(TopologyTestDriver driver) {
    this.driver = driver;
  }

  /** Records that nobody has read yet. */
  public List<TestRecord<byte[], byte[]>> records(String topic) {
    var bytes = new ByteArrayDeserializer();
    var records = driver.createOutputTopic(topic, bytes, bytes).readRecordsToList();
    records.forEach(r -> contract.check(topic, r.key(), r.value(), r.headers()));
    return records;
  }

  /** The same with keys as texts. */
  public List<KeyValue<String, byte[]>> keyValues(String topic) {
    return records(topic).stream()
        .map(r -> new KeyValue<>(new String(r.key(), StandardCharsets.UTF_8), r.value()))
        .toList();
  }

  /** Their values; null for a tombstone. */
  public List<@Nullable JsonNode> values(String topic) {
    return records(topic).stream()
        .<@Nullable JsonNode>map(
            r -> r.value() == null ? null : JsonCodec.read(r.value(), JsonNode.class))
        .toList();
  }

  /** Types of the events. */
  public List<String> types(String topic) {
    return values(topic).stream()
        .map(event -> Objects.requireNonNull(event).path("type").asText())
        .toList();
  }
}
