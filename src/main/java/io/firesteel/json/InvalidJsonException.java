package io.firesteel.json;

/** Bytes that are no JSON; the message says where reading broke and holds nothing of the bytes. */
public final class InvalidJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }
}
