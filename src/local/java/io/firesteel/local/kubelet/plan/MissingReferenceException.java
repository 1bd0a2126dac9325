package io.firesteel.local.kubelet.plan;

/** Leaves a resolution from deep inside when something is not there; never leaves this package. */
final class MissingReferenceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MissingReferenceException(String message) {
    super(message, null, false, false);
  }
}
