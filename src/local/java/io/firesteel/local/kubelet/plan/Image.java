package io.firesteel.local.kubelet.plan;

import java.util.regex.Pattern;

/**
 * What runs for an image name on a machine without a container runtime. The name alone decides;
 * nothing is pulled.
 */
public sealed interface Image {

  /** Runs the local Spark in the role that the arguments name. */
  record Spark() implements Image {}

  /**
   * Runs its command as a local process.
   *
   * @param root whether the user of the image is root, as that of bare distributions is
   */
  record Plain(boolean root) implements Image {}

  /** Cannot be pulled, with the message of a kubelet. */
  record Unpullable(String message) implements Image {}

  /** Has an invalid name and is never retried. */
  record InvalidName(String message) implements Image {}

  /** Repositories whose image runs as root, unless the tag says {@code nonroot}. */
  Pattern ROOT = Pattern.compile("(.*/)?(alpine|bash|busybox|debian|ubuntu)");

  Pattern NAME =
      Pattern.compile(
          "(?<repository>([a-zA-Z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*)"
              + "(:(?<tag>[\\w][\\w.-]{0,127}))?(@[a-z0-9]+:[0-9a-f]{32,})?");

  static Image of(String name) {
    var parts = NAME.matcher(name);
    if (!parts.matches()) {
      return new InvalidName(
          "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": invalid reference format"
              .formatted(name, name));
    }
    var repository = parts.group("repository");
    if ("missing".equals(parts.group("tag"))) {
      return unpullable(name, "not found");
    }
    if (repository.startsWith("registry.invalid/")) {
      return unpullable(name, "dial tcp: lookup registry.invalid: no such host");
    }
    return repository.contains("spark")
        ? new Spark()
        : new Plain(ROOT.matcher(repository).matches() && !"nonroot".equals(parts.group("tag")));
  }

  private static Unpullable unpullable(String name, String why) {
    return new Unpullable(
        "failed to pull and unpack image \"%s\": failed to resolve reference \"%s\": %s: %s"
            .formatted(name, name, name, why));
  }
}
