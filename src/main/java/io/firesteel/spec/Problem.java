package io.firesteel.spec;

/**
 * One thing that is wrong with a spec, for the person who wrote it. Never holds a value that may be
 * secret.
 *
 * @param path where, as a JSON pointer from the spec ({@code /driver/env/0/name})
 * @param what is wrong, as a sentence
 * @param mend how to put it right
 */
public record Problem(String path, String what, String mend) {

  @Override
  public String toString() {
    return (path.isEmpty() ? "spec" : "spec" + path) + ": " + what + "; " + mend;
  }
}
