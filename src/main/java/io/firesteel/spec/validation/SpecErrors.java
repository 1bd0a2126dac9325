package io.firesteel.spec.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers errors while a spec is read or a driver is built, so that all are told at once. One
 * thread; stops taking more at {@link #MAX_ERRORS}, for a hostile spec must not make a huge answer.
 */
public final class SpecErrors {

  /** More than this many nobody reads. */
  public static final int MAX_ERRORS = 50;

  private static final int MAX_LENGTH = 500;

  private final List<SpecError> errors = new ArrayList<>();

  /** Notes a error, once. */
  public void add(String path, String what, String remedy) {
    var error = new SpecError(truncated(path), truncated(what), truncated(remedy));
    if (errors.size() < MAX_ERRORS && !errors.contains(error)) {
      errors.add(error);
    }
  }

  private static String truncated(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** What was found, in the order it was found. */
  public List<SpecError> all() {
    return List.copyOf(errors);
  }
}
