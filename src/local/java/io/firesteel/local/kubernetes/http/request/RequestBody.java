package io.firesteel.local.kubernetes.http.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of a write and its media type. As on the real server, it has at most 3 MiB. */
public record RequestBody(String contentType, byte[] bytes) {
  private static final int LIMIT = 3 * 1024 * 1024;
  private static final ObjectMapper YAML = new YAMLMapper();

  /** Collects the body and passes it on; answers 413 itself if the body is too large. */
  public static void read(HttpServerRequest request, Consumer<RequestBody> next) {
    @Nullable String header = request.getHeader("Content-Type");
    String type = header == null ? "" : header.split(";", 2)[0].strip();
    Buffer collected = Buffer.buffer();
    boolean[] refused = {false};
    request.handler(part -> {
      if (collected.length() + part.length() <= LIMIT) {
        collected.appendBuffer(part);
      } else if (!refused[0]) {
        refused[0] = true;
        Responses.error(request, ApiException.tooLarge());
      }
    });
    request.endHandler(_ -> {
      if (!refused[0]) {
        next.accept(new RequestBody(type, collected.getBytes()));
      }
    });
  }

  public ObjectNode object() {
    if (tree() instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the body is not a JSON object");
  }

  public ObjectNode objectOrEmpty() {
    return bytes.length == 0 ? JsonTrees.object() : object();
  }

  public JsonNode tree() {
    try {
      JsonNode tree =
          switch (contentType) {
            case "application/yaml", "application/apply-patch+yaml" -> YAML.readTree(bytes);
            case "application/vnd.kubernetes.protobuf" ->
                throw ApiException.unsupportedMediaType(
                    contentType,
                    "application/json, application/yaml; send YAML instead:"
                        + " kubectl create ... --dry-run=client -o yaml | kubectl apply -f -");
            case "application/cbor" ->
                throw ApiException.unsupportedMediaType(
                    contentType, "application/json, application/yaml");
            default -> JsonTrees.MAPPER.readTree(bytes);
          };
      return tree;
    } catch (JsonProcessingException e) {
      throw ApiException.badRequest(
          "the body cannot be read: " + e.getOriginalMessage() + " at " + where(e));
    } catch (IOException e) {
      throw ApiException.badRequest("the body cannot be read");
    }
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? "an unknown position"
        : "line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}
