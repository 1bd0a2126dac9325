package io.firesteel.local.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The arguments of {@code ./firesteel acceptance}.
 *
 * @param kafka the broker's address; drivers do not need it, but pods of the worker do
 * @param workerImage empty to run the packaged worker as a process of this machine
 * @param namespace of the worker; tenants' namespaces and all other names begin or end with it
 * @param timeout for all jobs together
 * @param keep whether everything stays after the run
 */
record AcceptanceOptions(
    Path kubeconfig,
    String kafka,
    Optional<String> workerImage,
    String sparkImage,
    String namespace,
    int replicas,
    Duration timeout,
    boolean keep) {

  private static final List<String> OPTIONS =
      List.of(
          "--kubeconfig",
          "--kafka",
          "--image",
          "--worker",
          "--spark-image",
          "--namespace",
          "--replicas",
          "--timeout");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

  /**
   * Parses the arguments after {@code acceptance}.
   *
   * @throws IllegalArgumentException if an argument is invalid; the message is for the user
   */
  static AcceptanceOptions parse(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    boolean keep = false;
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String option = rest.pop();
      if (option.equals("--keep")) {
        keep = true;
      } else if (!OPTIONS.contains(option)) {
        throw new IllegalArgumentException("unknown option " + option + "; see ./firesteel help");
      } else if (rest.isEmpty()) {
        throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
      } else {
        values.put(option, rest.pop());
      }
    }
    return new AcceptanceOptions(
        kubeconfig(values),
        required(values, "--kafka", "HOST:PORT"),
        workerImage(values),
        required(values, "--spark-image", "IMAGE"),
        namespace(values.getOrDefault("--namespace", "acceptance")),
        number(values, "--replicas", 3, 1, 50),
        Duration.ofMinutes(number(values, "--timeout", 15, 1, 600)),
        keep);
  }

  private static String required(Map<String, String> values, String option, String value) {
    String given = values.get(option);
    if (given == null) {
      throw new IllegalArgumentException(option + " " + value + " is missing");
    }
    return given;
  }

  private static Path kubeconfig(Map<String, String> values) {
    Path file = Path.of(required(values, "--kubeconfig", "FILE")).toAbsolutePath();
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("cannot read the kubeconfig " + file);
    }
    return file;
  }

  private static Optional<String> workerImage(Map<String, String> values) {
    Optional<String> image = Optional.ofNullable(values.get("--image"));
    String worker = values.getOrDefault("--worker", image.isPresent() ? "image" : "");
    if (!worker.equals(image.isPresent() ? "image" : "local")) {
      throw new IllegalArgumentException(
          "name the worker's image by --image IMAGE, or run the packaged worker on this machine by --worker local");
    }
    return image;
  }

  private static String namespace(String name) {
    if (!NAMESPACE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--namespace needs 1 to 40 lower-case letters, digits and inner hyphens, not " + name);
    }
    return name;
  }

  private static int number(
      Map<String, String> values, String option, int absent, int least, int most) {
    String text = values.getOrDefault(option, Integer.toString(absent));
    int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s needs a number from %d to %d, not %s".formatted(option, least, most, text));
    }
    return number;
  }

  /** The namespace of a tenant. */
  String namespaceOf(String tenant) {
    return namespace + "-" + tenant;
  }

  /** What all topics and groups of the worker begin with. */
  String topicPrefix() {
    return namespace + ".";
  }
}
