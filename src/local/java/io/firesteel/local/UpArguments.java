package io.firesteel.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The arguments of {@code ./firesteel up}. */
record UpArguments(int workers, Path data, Path definitions) {

  private static final List<String> OPTIONS = List.of("--workers", "--data", "--definitions");

  /**
   * Parses the arguments after {@code up}.
   *
   * @throws IllegalArgumentException if an argument is invalid; the message is for the user
   */
  static UpArguments parse(Path home, List<String> arguments) {
    int workers = 1;
    Path data = home.resolve("target/laptop");
    Path definitions = home.resolve("src/local/definitions");
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String option = rest.pop();
      String value = value(option, rest);
      switch (option) {
        case "--workers" -> workers = number(option, value);
        case "--data" -> data = Path.of(value);
        default -> definitions = Path.of(value);
      }
    }
    if (!Files.isDirectory(definitions)) {
      throw new IllegalArgumentException(
          "the folder "
              + definitions
              + " does not exist; --definitions needs a folder of YAML files");
    }
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new IllegalArgumentException(data + " is a file; --data needs a folder");
    }
    return new UpArguments(workers, data, definitions);
  }

  private static String value(String option, Deque<String> rest) {
    if (!OPTIONS.contains(option)) {
      throw new IllegalArgumentException("unknown option " + option + "; see ./firesteel help");
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
    }
    return rest.pop();
  }

  private static int number(String option, String text) {
    if (!text.matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException(
          "%s needs a number from 0 to 99, not %s".formatted(option, text));
    }
    return Integer.parseInt(text);
  }
}
