package io.firesteel.local.kubelet.plan;

/** Leaves a resolution from deep inside when something is not there; never leaves this package. */
final class Absent extends RuntimeException {

  private static final long serialVersionUID = 1;

  Absent(String message) {
    super(message, null, false, false);
  }
}
