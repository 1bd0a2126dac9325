package io.firesteel.json;

/**
 * One error in a document.
 *
 * @param pointer an RFC 6901 JSON pointer; empty for the whole document
 * @param message the error and its remedy; never holds a value that may be secret
 */
public record ValidationError(String pointer, String message) {

  private static final int MAX_SHOWN = 300;

  /** The pointer for a log or an answer: cut if it is long, without control characters. */
  public String printablePointer() {
    return Printable.of(pointer, MAX_SHOWN);
  }

  @Override
  public String toString() {
    return pointer.isEmpty() ? message : printablePointer() + ": " + message;
  }
}
