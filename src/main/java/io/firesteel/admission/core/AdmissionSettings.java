package io.firesteel.admission.core;

import java.time.Duration;

/**
 * The operator's settings.
 *
 * @param remember how long an ended job is stored, for the detection of duplicates and for look-up
 * @param unknownDependencyWait how long a job waits for a dependency that was never submitted
 * @param removedTenantWait how long waiting jobs of a removed tenant are kept
 * @param longestBackoff the longest backoff between attempts, before jitter
 * @param stableRun an attempt that ran this long resets the count of failures
 * @param links links to logs and to Spark's user interfaces
 */
public record AdmissionSettings(
    Duration remember,
    Duration unknownDependencyWait,
    Duration removedTenantWait,
    Duration longestBackoff,
    Duration stableRun,
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
}
