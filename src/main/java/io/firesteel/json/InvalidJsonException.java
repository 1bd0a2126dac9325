package io.firesteel.json;

/** The bytes are not valid JSON. The message names the place and quotes nothing of the bytes. */
public final class InvalidJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }
}
