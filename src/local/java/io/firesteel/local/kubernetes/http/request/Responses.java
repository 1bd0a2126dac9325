package io.firesteel.local.kubernetes.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends responses. */
public final class Responses {
  private Responses() {}

  public static void json(HttpServerRequest request, int code, Buffer body) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      response.setStatusCode(code).putHeader("Content-Type", "application/json");
      response.end(body);
    }
  }

  public static void json(HttpServerRequest request, int code, JsonNode body) {
    json(request, code, Buffer.buffer(JsonTrees.bytes(body)));
  }

  public static void error(HttpServerRequest request, ApiException failure) {
    if (request.response().headWritten()) {
      request.connection().close();
    } else {
      json(request, failure.code(), failure.status());
    }
  }

  public static void text(HttpServerRequest request, String text) {
    request.response().putHeader("Content-Type", "text/plain").end(text);
  }
}
