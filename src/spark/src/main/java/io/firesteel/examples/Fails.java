package io.firesteel.examples;

/**
 * Fails as an application does that has a bug: with an exception. Arguments: its message, and
 * through how many calls it passes before the next exception wraps it (default 0: none does).
 */
public final class Fails {

  private Fails() {}

  public static void main(String[] args) {
    var message = args.length > 0 ? args[0] : "This job fails on purpose";
    var calls = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    if (calls == 0) {
      throw new IllegalStateException(message);
    }
    try {
      fail(message, calls);
    } catch (IllegalStateException e) {
      throw new UnsupportedOperationException("The step failed", e);
    }
  }

  private static void fail(String message, int calls) {
    if (calls == 0) {
      throw new IllegalStateException(message);
    }
    fail(message, calls - 1);
  }
}
