package io.firesteel.tenant;

import java.util.List;

/** Paths of a node. */
final class Paths {

  private Paths() {}

  /** Whether a path is absolute, goes nowhere up, and is allowed as it is or below what is. */
  static boolean allowed(String path, Globs globs) {
    String plain = path.replaceAll("/+", "/");
    if (!plain.startsWith("/") || List.of(plain.split("/", -1)).contains("..")) {
      return false;
    }
    return globs.allow(plain) || globs.allow(plain.replaceAll("/$", ""));
  }
}
