package io.firesteel.json;

/**
 * One mistake in a document.
 *
 * @param pointer where, as an RFC 6901 JSON pointer; empty for the whole document
 * @param text what is wrong and how to mend it; never holds a value from the document, for values
 *     may be secret
 */
public record Problem(String pointer, String text) {

  @Override
  public String toString() {
    return pointer.isEmpty() ? text : pointer + ": " + text;
  }
}
