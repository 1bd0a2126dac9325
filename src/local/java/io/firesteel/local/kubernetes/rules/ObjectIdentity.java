package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ResourceKind;

/** Checks that a body matches its path, and completes it from the path. */
final class ObjectIdentity {
  private ObjectIdentity() {}

  /** Checks kind and namespace, and sets missing ones in the tree. */
  static void check(ResourceKind kind, String namespace, ObjectNode body) {
    requireEqual("apiVersion", JsonTrees.text(body, "apiVersion"), kind.apiVersion());
    requireEqual("kind", JsonTrees.text(body, "kind"), kind.kind());
    body.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    if (!body.path("metadata").isObject()) {
      body.putObject("metadata");
    }
    String given = JsonTrees.text(body, "metadata", "namespace");
    if (!given.isEmpty() && !given.equals(namespace)) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  static void checkName(ObjectKey key, ObjectNode body) {
    String given = JsonTrees.text(body, "metadata", "name");
    if (!given.isEmpty() && !given.equals(key.name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(given, key.name()));
    }
  }

  private static void requireEqual(String field, String given, String expected) {
    if (!given.isEmpty() && !given.equals(expected)) {
      throw ApiException.badRequest(
          "the %s in the data (%s) does not match the expected %s (%s)"
              .formatted(field, given, field, expected));
    }
  }
}
