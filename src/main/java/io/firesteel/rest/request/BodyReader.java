package io.firesteel.rest.request;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.Printable;
import io.firesteel.json.StrictJson;
import io.firesteel.json.Suggestions;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads small JSON bodies strictly: a condition that is misspelt must not select more jobs than
 * were meant.
 */
public final class BodyReader {

  private BodyReader() {}

  /** The value in a body; null if there is none. */
  public static <T> @Nullable T read(byte @Nullable [] body, Class<T> type) {
    if (body == null || body.length == 0) {
      return null;
    }
    try {
      JsonNode tree = StrictJson.read(body);
      return JsonCodec.MAPPER
          .readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(tree);
    } catch (InvalidJsonException e) {
      throw new ProblemException(ProblemCode.QUERY_INVALID, "the body " + e.getMessage());
    } catch (UnrecognizedPropertyException e) {
      var known = e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      throw new ProblemException(
          ProblemCode.QUERY_INVALID,
          "%s is not a known field; %s"
              .formatted(
                  Printable.of(e.getPropertyName(), 100),
                  Suggestions.hint(e.getPropertyName(), known, "known fields are")));
    } catch (JsonMappingException e) {
      String at =
          e.getPath().stream()
              .map(part ->
                  part.getFieldName() == null
                      ? String.valueOf(part.getIndex())
                      : part.getFieldName())
              .collect(Collectors.joining("/", "/", ""));
      throw new ProblemException(
          ProblemCode.QUERY_INVALID, Printable.of(at, 200) + " has a value of a wrong type");
    } catch (IOException _) {
      throw new ProblemException(ProblemCode.QUERY_INVALID, "the body cannot be read");
    }
  }
}
