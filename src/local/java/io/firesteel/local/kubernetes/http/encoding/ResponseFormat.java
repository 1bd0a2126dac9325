package io.firesteel.local.kubernetes.http.encoding;

import io.firesteel.local.kubernetes.store.ApiException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The response format: the first supported one of the Accept header. */
public enum ResponseFormat {
  /** Full objects. */
  OBJECTS,
  /** A table for {@code kubectl get}. */
  TABLE,
  /** Only the metadata of objects. */
  METADATA;

  public static ResponseFormat of(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return OBJECTS;
    }
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .filter(ResponseFormat::isJson)
        .findFirst()
        .map(ResponseFormat::form)
        .orElseThrow(() -> ApiException.notAcceptable(header));
  }

  private static boolean isJson(String range) {
    String type = range.split(";", 2)[0].strip();
    boolean json =
        type.equals("application/json") || type.equals("*/*") || type.equals("application/*");
    return json
        && (!range.contains("as=Table") || range.contains("v=v1;") || range.endsWith("v=v1"));
  }

  private static ResponseFormat form(String range) {
    if (range.contains("as=Table")) {
      return TABLE;
    }
    return range.contains("as=PartialObjectMetadata") ? METADATA : OBJECTS;
  }
}
