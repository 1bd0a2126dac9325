package io.firesteel.local.kubernetes.http.request;

import io.firesteel.local.kubernetes.audit.UserInfo;
import io.firesteel.local.kubernetes.store.ApiException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells who asks, from the bearer token and the user agent. */
public final class Authenticator {
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_AGENT = 200;

  private final Map<String, String> tokens;

  public Authenticator(Map<String, String> tokens) {
    this.tokens = tokens;
  }

  public UserInfo of(HttpServerRequest request) {
    @Nullable String agent = request.getHeader("User-Agent");
    String known = agent == null ? "" : agent;
    return new UserInfo(
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
      throw ApiException.unauthorized();
    }
    return user;
  }
}
