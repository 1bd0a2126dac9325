package io.firesteel.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects validation errors so that all of them are reported at once. Keeps each error once, at
 * most {@link #MAX_ERRORS} of them, and cuts long texts, so that a hostile document cannot make a
 * huge answer. For one thread.
 */
public final class ValidationErrors {

  /** Further errors are dropped. */
  public static final int MAX_ERRORS = 50;

  private static final int MAX_LENGTH = 500;

  private final String base;
  private final List<ValidationError> errors = new ArrayList<>();

  /**
   * An empty collection.
   *
   * @param base the pointer that is put before that of each error
   */
  public ValidationErrors(String base) {
    this.base = base;
  }

  /** Adds an error and how to mend it. */
  public void add(String pointer, String message, String remedy) {
    add(new ValidationError(pointer, truncated(message) + "; " + truncated(remedy)));
  }

  /** Adds an error whose message says how to mend it. */
  void add(ValidationError error) {
    var added =
        new ValidationError(
            base + truncated(error.pointer()), truncated(error.message(), 2 * MAX_LENGTH));
    if (!isFull() && !errors.contains(added)) {
      errors.add(added);
    }
  }

  private static String truncated(String text) {
    return truncated(text, MAX_LENGTH);
  }

  private static String truncated(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }

  /** Whether further errors are dropped. */
  public boolean isFull() {
    return errors.size() >= MAX_ERRORS;
  }

  /** Whether no error was added. */
  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** The errors in the order in which they were added. */
  public List<ValidationError> all() {
    return List.copyOf(errors);
  }
}
