package io.firesteel.kafka;

import io.firesteel.json.JsonCodec;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** JSON as Kafka's serializers write and read it. */
public final class JsonSerde {

  private JsonSerde() {}

  /** Writes and reads one type; null is a tombstone. */
  public static <T> Serde<T> serde(Class<T> type) {
    return Serdes.serdeFrom(
        (_, value) -> value == null ? null : JsonCodec.write(value),
        (_, bytes) -> bytes == null ? null : JsonCodec.read(bytes, type));
  }
}
