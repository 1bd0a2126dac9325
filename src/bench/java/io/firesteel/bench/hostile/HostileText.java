package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws hostile bytes, texts and JSON. */
final class HostileText {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "../../etc/passwd",
          "a/b",
          "//",
          "-",
          ".",
          "$(id)",
          "${jndi:ldap://127.0.0.1/a}",
          "{{firesteel.jobId}}",
          "{{",
          "%00",
          "%zz",
          "'; DROP TABLE jobs; --",
          "<script>",
          "\uFEFF",
          "\u202Egnp.exe",
          "\u2028\u2029",
          "e\u0301\u0302\u0303",
          "\uFFFF\uFFFE",
          "\uD83D\uDE00",
          "\r\nContent-Length: 0",
          "\u001b[2J",
          "NaN",
          "99999999999999999999g",
          "-1g",
          "1e999999999",
          "9999-12-31T23:59:59.999999999Z",
          "+999999999-12-31T23:59:59Z",
          "0000-00-00T00:00:00Z",
          "P999999999999D",
          "999999999999999999d");

  private final Random random;

  HostileText(Random random) {
    this.random = random;
  }

  byte[] bytes(int max) {
    byte[] bytes = new byte[random.nextInt(max + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Any code points, with lone surrogates, or one of the classics. */
  String text() {
    if (random.nextInt(3) > 0) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(20) == 0 ? 5000 : 40);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) (0xD800 + random.nextInt(0x800)));
        case 1 -> text.appendCodePoint(random.nextInt(0x110000));
        case 2 -> text.append((char) random.nextInt(0x20));
        default -> text.append((char) random.nextInt(0x10000));
      }
    }
    return text.toString();
  }

  /** The JSON string of a text, in which lone surrogates are escaped. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append("\\u%04x".formatted((int) c));
    }
    return json.append('"').toString();
  }

  /** A random value. */
  JsonNode json(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(new BigInteger(1 + random.nextInt(4000), random));
      case 4 -> JSON.numberNode(new BigDecimal("-1E" + random.nextInt(1_000_000)));
      case 5 -> JSON.numberNode(-1);
      case 6, 7 -> JSON.textNode(withoutLoneSurrogates(text()));
      case 8 -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          array.add(json(depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          object.set(withoutLoneSurrogates(text()), json(depth - 1));
        }
        yield object;
      }
    };
  }

  private static String withoutLoneSurrogates(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  /** Replaces, removes or adds a few values of a tree. */
  <T extends JsonNode> T mutated(T valid) {
    T tree = valid.deepCopy();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      List<ObjectNode> objects = new ArrayList<>();
      collect(tree, objects);
      if (objects.isEmpty()) {
        return tree;
      }
      ObjectNode object = objects.get(random.nextInt(objects.size()));
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(withoutLoneSurrogates(text()), json(3));
        default -> object.set(name, json(3));
      }
    }
    return tree;
  }

  private static void collect(JsonNode node, List<ObjectNode> into) {
    if (node instanceof ObjectNode object) {
      into.add(object);
    }
    node.forEach(child -> collect(child, into));
  }

  /** Flips, cuts, repeats or inserts a few bytes. */
  byte[] damaged(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }
}
