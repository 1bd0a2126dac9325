package io.firesteel.intake.request;

import io.firesteel.job.FailureReason;

/** The outcome of reading a message's envelope. */
public sealed interface EnvelopeResult {

  record ValidEnvelope(Envelope envelope) implements EnvelopeResult {}

  record InvalidEnvelope(Rejection rejection) implements EnvelopeResult {}

  static EnvelopeResult invalid(FailureReason reason, String message) {
    return new InvalidEnvelope(new Rejection(reason, message));
  }
}
