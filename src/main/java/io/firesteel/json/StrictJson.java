package io.firesteel.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads untrusted bytes into JSON trees. Repeated fields and trailing text are errors; numbers keep
 * their digits. Thread-safe.
 */
public final class StrictJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /** Reads the one JSON value that the bytes consist of; an exception names the line and column. */
  public static JsonNode read(byte[] bytes) throws InvalidJsonException {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      if (tree.isMissingNode()) {
        throw new InvalidJsonException("is empty");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new InvalidJsonException(location(e));
    } catch (IOException e) {
      throw new InvalidJsonException("is not text in UTF-8, UTF-16 or UTF-32");
    }
  }

  /** The place and the reason; the parser's own message is left out, for it quotes the document. */
  private static String location(JsonProcessingException e) {
    var where = e.getLocation();
    String reason =
        e.getOriginalMessage().startsWith("Duplicate field")
            ? "repeats a field"
            : "is not valid JSON";
    return where == null
        ? reason
        : reason + " at line " + where.getLineNr() + ", column " + where.getColumnNr();
  }
}
