package io.firesteel.local.kubernetes;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells who asks, from the bearer token and the user agent. */
final class Callers {
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_AGENT = 200;

  private final Map<String, String> tokens;

  Callers(Map<String, String> tokens) {
    this.tokens = tokens;
  }

  Caller of(HttpServerRequest request) {
    @Nullable String agent = request.getHeader("User-Agent");
    String known = agent == null ? "" : agent;
    return new Caller(
        user(request.getHeader("Authorization")),
        known.substring(0, Math.min(known.length(), LONGEST_AGENT)));
  }

  private String user(@Nullable String header) {
    if (tokens.isEmpty() || header == null) {
      return "system:anonymous";
    }
    String token = header.startsWith(BEARER) ? header.substring(BEARER.length()).strip() : "";
    String user = tokens.get(token);
    if (user == null) {
      throw ApiFailure.unauthorized();
    }
    return user;
  }
}
