package io.firesteel.definitions;

import io.firesteel.json.ValidationError;

/**
 * An error in a definition.
 *
 * @param file relative to the directory, with slashes
 * @param line counted from 1; 0 for the whole file
 * @param pointer a JSON pointer; empty for the whole document
 */
public record DefinitionError(String file, int line, String pointer, String message) {

  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return place + (pointer.isEmpty() ? ": " : " ") + new ValidationError(pointer, message);
  }
}
