package io.firesteel.spec.validation;

/**
 * One thing that is wrong with a spec, for the person who wrote it. Never holds a value that may be
 * secret.
 *
 * @param pointer where, as a JSON pointer from the spec ({@code /driver/env/0/name})
 * @param message is wrong, as a sentence
 * @param remedy how to put it right
 */
public record SpecError(String pointer, String message, String remedy) {

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "spec" : "spec" + pointer) + ": " + message + "; " + remedy;
  }
}
