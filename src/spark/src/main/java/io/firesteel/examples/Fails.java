package io.firesteel.examples;

/** Fails as an application does that has a bug: with an exception. Argument: its message. */
public final class Fails {

  private Fails() {}

  public static void main(String[] args) {
    throw new IllegalStateException(args.length > 0 ? args[0] : "This job fails on purpose");
  }
}
