package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** How answers go out: JSON, with the code of what happened. */
final class Answers {
  private Answers() {}

  static void json(HttpServerRequest request, int code, Buffer body) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      response.setStatusCode(code).putHeader("Content-Type", "application/json");
      response.end(body);
    }
  }

  static void json(HttpServerRequest request, int code, JsonNode body) {
    json(request, code, Buffer.buffer(Json.bytes(body)));
  }

  static void failure(HttpServerRequest request, ApiFailure failure) {
    if (request.response().headWritten()) {
      request.connection().close();
    } else {
      json(request, failure.code(), failure.status());
    }
  }

  static void text(HttpServerRequest request, String text) {
    request.response().putHeader("Content-Type", "text/plain").end(text);
  }
}
