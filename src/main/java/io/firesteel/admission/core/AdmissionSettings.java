package io.firesteel.admission.core;

import java.time.Duration;

/**
 * What an operator may tune; the rest is fixed by the jobs and the tenants' limits.
 *
 * @param remember how long an ended job is known, for duplicates and look-up
 * @param unknownDependencyWait how long a job waits for a job that nobody has heard of
 * @param removedTenantWait how long jobs of a tenant wait that nobody defines any more
 * @param longestBackoff no pause between attempts is longer
 * @param stableRun an attempt that ran this long gives the job its whole retry budget back
 * @param links where people find logs and Spark's pages
 */
public record AdmissionSettings(
    Duration remember,
    Duration unknownDependencyWait,
    Duration removedTenantWait,
    Duration longestBackoff,
    Duration stableRun,
    LinkTemplates links) {

  /** A week of memory, an hour for everything else, no links. */
  public static final AdmissionSettings DEFAULT =
      new AdmissionSettings(
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          LinkTemplates.NONE);
}
