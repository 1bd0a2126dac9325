package io.firesteel.admission.core;

import java.time.Duration;

/**
 * The operator's settings.
 *
 * @param retention how long an ended job is stored, to detect duplicates and to answer lookups
 * @param unknownDependencyWait how long a job waits for a dependency that was never submitted
 * @param removedTenantWait how long waiting jobs of a removed tenant are kept
 * @param maxBackoff the longest backoff between attempts, before jitter
 * @param resetRetriesAfter an attempt that ran for this long resets the count of failures
 * @param links links to logs and to Spark's user interfaces
 */
public record AdmissionSettings(
    Duration retention,
    Duration unknownDependencyWait,
    Duration removedTenantWait,
    Duration maxBackoff,
    Duration resetRetriesAfter,
    LinkTemplates links) {

  /** A retention of a week, an hour for everything else, no links. */
  public static final AdmissionSettings DEFAULT =
      new AdmissionSettings(
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          LinkTemplates.NONE);

  /** The same settings without links. */
  AdmissionSettings withoutLinks() {
    return new AdmissionSettings(
        retention,
        unknownDependencyWait,
        removedTenantWait,
        maxBackoff,
        resetRetriesAfter,
        LinkTemplates.NONE);
  }
}
