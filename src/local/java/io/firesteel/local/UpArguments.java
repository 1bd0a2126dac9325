package io.firesteel.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What {@code ./firesteel up} was asked for on the command line. */
record UpArguments(int workers, Path data, Path definitions) {

  private static final List<String> OPTIONS = List.of("--workers", "--data", "--definitions");

  /**
   * Reads the words after {@code up}.
   *
   * @throws IllegalArgumentException with a sentence for whoever typed them
   */
  static UpArguments parse(Path home, List<String> words) {
    int workers = 1;
    Path data = home.resolve("target/laptop");
    Path definitions = home.resolve("src/local/definitions");
    Deque<String> rest = new ArrayDeque<>(words);
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
          "there is no folder " + definitions + "; --definitions names one with YAML files");
    }
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new IllegalArgumentException(data + " is a file; --data names a folder");
    }
    return new UpArguments(workers, data, definitions);
  }

  private static String value(String option, Deque<String> rest) {
    if (!OPTIONS.contains(option)) {
      throw new IllegalArgumentException("there is no option " + option + "; see ./firesteel help");
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
    }
    return rest.pop();
  }

  private static int number(String option, String text) {
    if (!text.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException(
          "%s is a number from 1 to 99, not %s".formatted(option, text));
    }
    return Integer.parseInt(text);
  }
}
