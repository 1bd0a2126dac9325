package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Checks that a body is what the path says it is, and fills in what the path says. */
final class Bodies {
  private Bodies() {}

  /** Checks kind and namespace. Changes the tree: afterwards both are there. */
  static void check(ResourceKind kind, String namespace, ObjectNode body) {
    same("apiVersion", Json.text(body, "apiVersion"), kind.apiVersion());
    same("kind", Json.text(body, "kind"), kind.kind());
    body.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    if (!body.path("metadata").isObject()) {
      body.putObject("metadata");
    }
    String given = Json.text(body, "metadata", "namespace");
    if (!given.isEmpty() && !given.equals(namespace)) {
      throw ApiFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  static void checkName(ObjectKey key, ObjectNode body) {
    String given = Json.text(body, "metadata", "name");
    if (!given.isEmpty() && !given.equals(key.name())) {
      throw ApiFailure.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(given, key.name()));
    }
  }

  private static void same(String field, String given, String expected) {
    if (!given.isEmpty() && !given.equals(expected)) {
      throw ApiFailure.badRequest(
          "the %s in the data (%s) does not match the expected %s (%s)"
              .formatted(field, given, field, expected));
    }
  }
}
