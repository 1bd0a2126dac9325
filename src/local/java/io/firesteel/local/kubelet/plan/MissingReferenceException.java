package io.firesteel.local.kubelet.plan;

/** A reference that cannot be resolved. Never leaves this package. */
final class MissingReferenceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MissingReferenceException(String message) {
    super(message, null, false, false);
  }
}
