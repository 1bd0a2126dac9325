package io.firesteel.definitions;

/**
 * A mistake in a definition.
 *
 * @param file relative to the directory, with slashes
 * @param line counted from 1; 0 when the file as a whole is meant
 * @param field as a JSON pointer; empty for the whole document
 */
public record Flaw(String file, int line, String field, String text) {

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + (field.isEmpty() ? "" : " " + field) + ": " + text;
  }
}
