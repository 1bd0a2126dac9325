package io.firesteel.examples;

/** Ends with the exit code it is given (default 0), without a word. */
public final class Exits {

  private Exits() {}

  public static void main(String[] args) {
    System.exit(args.length > 0 ? Integer.parseInt(args[0]) : 0);
  }
}
