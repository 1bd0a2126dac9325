package io.firesteel.local.kubernetes.http.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.http.request.ProtobufTypes.Field;
import io.firesteel.local.kubernetes.http.request.ProtobufTypes.Form;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Reads the Kubernetes protobuf form of the few kinds that {@code kubectl create} sends in no other
 * way. The envelope is that of {@code k8s.io/apimachinery/pkg/runtime/generated.proto}: four magic
 * bytes, then an {@code Unknown} with the type and the raw message.
 */
final class ProtobufBody {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private ProtobufBody() {}

  static ObjectNode read(byte[] body) {
    if (body.length < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(body, MAGIC.length))) {
      throw ApiException.badRequest(
          "the body is not Kubernetes protobuf: it lacks the prefix k8s\\0");
    }
    try {
      return envelope(new Reader(body, MAGIC.length, body.length));
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException _) {
      throw ApiException.badRequest("the protobuf body is cut off or broken");
    }
  }

  private static ObjectNode envelope(Reader reader) {
    ObjectNode type = JsonTrees.object();
    Reader raw = reader.part(0);
    while (reader.more()) {
      long tag = reader.varint();
      switch ((int) (tag >>> 3)) {
        case 1 -> type = message(reader.part(length(reader)), ProtobufTypes.TYPE_META);
        case 2 -> raw = reader.part(length(reader));
        default -> skip(reader, tag);
      }
    }
    String kind = JsonTrees.text(type, "kind");
    Map<Integer, Field> fields = ProtobufTypes.KINDS.get(kind);
    if (fields == null) {
      throw ApiException.unsupportedMediaType(
          "application/vnd.kubernetes.protobuf of kind " + kind,
          "application/json, application/yaml");
    }
    ObjectNode object = message(raw, fields);
    return object.put("apiVersion", JsonTrees.text(type, "apiVersion")).put("kind", kind);
  }

  private static ObjectNode message(Reader reader, Map<Integer, Field> fields) {
    ObjectNode object = JsonTrees.object();
    while (reader.more()) {
      long tag = reader.varint();
      Field field = fields.get((int) (tag >>> 3));
      if (field == null) {
        skip(reader, tag);
      } else {
        value(object, field, reader);
      }
    }
    return object;
  }

  private static void value(ObjectNode object, Field field, Reader reader) {
    String name = field.name();
    switch (field.form()) {
      case BOOLEAN -> object.put(name, reader.varint() != 0);
      case NUMBER -> object.put(name, reader.varint());
      case TEXT -> put(object, name, reader.part(length(reader)).text());
      case TEXTS -> object.withArray(name).add(reader.part(length(reader)).text());
      case TIME -> time(object, name, reader.part(length(reader)));
      case MESSAGE -> object.set(name, message(reader.part(length(reader)), field.fields()));
      case MESSAGES ->
          object.withArray(name).add(message(reader.part(length(reader)), field.fields()));
      case TEXT_MAP, BYTES_MAP, QUANTITY_MAP ->
          entry(object.withObject("/" + name), field.form(), reader.part(length(reader)));
    }
  }

  private static void entry(ObjectNode map, Form form, Reader reader) {
    String key = "";
    String value = "";
    while (reader.more()) {
      boolean isKey = reader.varint() >>> 3 == 1;
      Reader part = reader.part(length(reader));
      if (isKey) {
        key = part.text();
      } else if (form == Form.QUANTITY_MAP) {
        value = JsonTrees.text(message(part, ProtobufTypes.QUANTITY), "string");
      } else {
        value =
            form == Form.BYTES_MAP ? Base64.getEncoder().encodeToString(part.bytes()) : part.text();
      }
    }
    map.put(key, value);
  }

  /** Protobuf sends empty texts that JSON leaves out. */
  private static void put(ObjectNode object, String name, String text) {
    if (!text.isEmpty()) {
      object.put(name, text);
    }
  }

  private static void time(ObjectNode object, String name, Reader reader) {
    long seconds = message(reader, ProtobufTypes.TIME).path("seconds").asLong();
    if (seconds != 0) {
      object.put(name, Timestamps.seconds(Instant.ofEpochSecond(seconds)));
    }
  }

  private static void skip(Reader reader, long tag) {
    switch ((int) (tag & 7)) {
      case VARINT -> reader.varint();
      case BYTES -> reader.part(length(reader));
      case 1 -> reader.part(8);
      case 5 -> reader.part(4);
      default -> throw new IllegalArgumentException("wire type");
    }
  }

  private static int length(Reader reader) {
    return Math.toIntExact(reader.varint());
  }

  private static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int at;

    Reader(byte[] bytes, int start, int end) {
      if (start < 0 || end < start || end > bytes.length) {
        throw new IllegalArgumentException("a part is longer than the whole");
      }
      this.bytes = bytes;
      this.at = start;
      this.end = end;
    }

    boolean more() {
      return at < end;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("varint");
    }

    Reader part(int length) {
      if (length < 0 || length > end - at) {
        throw new IllegalArgumentException("a part is longer than the whole");
      }
      Reader part = new Reader(bytes, at, at + length);
      at += length;
      return part;
    }

    byte[] bytes() {
      return Arrays.copyOfRange(bytes, at, end);
    }

    String text() {
      return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }
  }
}
