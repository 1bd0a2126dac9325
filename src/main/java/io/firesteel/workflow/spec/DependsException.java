package io.firesteel.workflow.spec;

/** An expression cannot be read; the message says where, what, and how to mend it. */
public final class DependsException extends Exception {
  private static final long serialVersionUID = 1L;

  DependsException(String message) {
    super(message);
  }
}
