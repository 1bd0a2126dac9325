package io.firesteel.json;

/**
 * One mistake in a document.
 *
 * @param pointer where, as an RFC 6901 JSON pointer; empty for the whole document
 * @param message what is wrong and how to remedy it; never holds a value from the document, for
 *     values may be secret
 */
public record ValidationError(String pointer, String message) {

  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}
