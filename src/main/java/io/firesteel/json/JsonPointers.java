package io.firesteel.json;

import com.fasterxml.jackson.core.JsonPointer;

/** Builds RFC 6901 JSON pointers. */
public final class JsonPointers {

  private JsonPointers() {}

  /** The pointer of a field of an object, with {@code ~} and {@code /} in the name escaped. */
  public static String child(String parent, String name) {
    return parent + JsonPointer.empty().appendProperty(name);
  }
}
