package io.firesteel.local.kubelet.plan;

import java.util.regex.Pattern;

/**
 * What stands behind an image's name on a machine without a container runtime. Nothing is ever
 * pulled: the name alone decides.
 */
public sealed interface Image {

  /** Runs as the official Spark image would, with the local Spark. */
  record Spark() implements Image {}

  /** Runs its command as a local process. */
  record Plain() implements Image {}

  /** Cannot be pulled; the message is what a kubelet would say. */
  record Unpullable(String message) implements Image {}

  /** Not the name of an image at all; never tried again. */
  record InvalidName(String message) implements Image {}

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
    return repository.contains("spark") ? new Spark() : new Plain();
  }

  private static Unpullable unpullable(String name, String why) {
    return new Unpullable(
        "failed to pull and unpack image \"%s\": failed to resolve reference \"%s\": %s: %s"
            .formatted(name, name, name, why));
  }
}
