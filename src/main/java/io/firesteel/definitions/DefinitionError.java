package io.firesteel.definitions;

/**
 * A mistake in a definition.
 *
 * @param file relative to the directory, with slashes
 * @param line counted from 1; 0 when the file as a whole is meant
 * @param pointer as a JSON pointer; empty for the whole document
 */
public record DefinitionError(String file, int line, String pointer, String message) {

  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + (pointer.isEmpty() ? "" : " " + pointer)
        + ": "
        + message;
  }
}
