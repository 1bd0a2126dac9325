package io.firesteel.local.kubelet.plan;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps mount paths of a container to local paths. Containers here have no file system of their own,
 * so arguments and environment values are rewritten: a path alone, in a list ({@code :}, {@code ,}
 * or {@code ;}), after {@code =}, or in a {@code local://} or {@code file://} URL. A path that a
 * program computes itself is not rewritten.
 */
public final class MountPaths {

  private record Mount(String containerPath, String hostPath) {}

  private final List<Mount> mounts;

  public MountPaths(Map<String, Path> mounts) {
    this.mounts =
        mounts.entrySet().stream()
            .map(entry -> new Mount(withoutSlash(entry.getKey()), entry.getValue().toString()))
            .filter(mount -> !mount.containerPath().isEmpty())
            .sorted(
                Comparator.comparingInt((Mount mount) -> mount.containerPath().length()).reversed())
            .toList();
  }

  /** Rewrites every mount path in the text. */
  public String rewrite(String text) {
    var out = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      var mount = text.charAt(at) == '/' && isPathStart(text, at) ? mountAt(text, at) : null;
      if (mount == null) {
        out.append(text.charAt(at++));
      } else {
        out.append(mount.hostPath());
        at += mount.containerPath().length();
      }
    }
    return out.toString();
  }

  private @Nullable Mount mountAt(String text, int at) {
    for (var mount : mounts) {
      if (text.startsWith(mount.containerPath(), at)
          && isPathEnd(text, at + mount.containerPath().length())) {
        return mount;
      }
    }
    return null;
  }

  private static boolean isPathStart(String text, int at) {
    if (at == 0) {
      return true;
    }
    var before = text.substring(0, at);
    return before.endsWith("://")
        ? before.endsWith("local://") || before.endsWith("file://")
        : !isNamePart(text.charAt(at - 1)) && text.charAt(at - 1) != '/';
  }

  private static boolean isPathEnd(String text, int at) {
    return at == text.length() || !isNamePart(text.charAt(at));
  }

  private static boolean isNamePart(char letter) {
    return Character.isLetterOrDigit(letter) || "._-@%~}*".indexOf(letter) >= 0;
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
