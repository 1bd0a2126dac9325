package io.firesteel.admission.state;

import io.firesteel.event.Outcome;
import io.firesteel.job.Failure;

/** Why Firesteel stops a driver, and how the job will end because of it. */
public record StopReason(Outcome outcome, Failure failure) {}
