package io.firesteel.tenant;

import java.util.List;

/** Paths of a node. */
final class HostPaths {

  private HostPaths() {}

  /** Whether a path is absolute, goes nowhere up, and is allowed as it is or below what is. */
  static boolean isAllowed(String path, AllowList allowList) {
    String plain = path.replaceAll("/+", "/");
    if (!plain.startsWith("/") || List.of(plain.split("/", -1)).contains("..")) {
      return false;
    }
    return allowList.allows(plain) || allowList.allows(plain.replaceAll("/$", ""));
  }
}
