package io.firesteel.admission;

import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.LinkTemplates;
import io.firesteel.event.CloudEventEncoder;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of admission and of the events it emits; they take hold at start. */
@ConfigMapping(prefix = "firesteel.admission")
interface AdmissionConfig {

  /** How long an ended job is known, for duplicates and look-up. */
  @WithDefault("P7D")
  Duration remember();

  /** How long a job waits for a job that nobody has heard of. */
  @WithDefault("PT1H")
  Duration unknownDependencyWait();

  /** How long waiting jobs of a tenant are kept that nobody defines any more. */
  @WithDefault("PT1H")
  Duration removedTenantWait();

  /** No pause between attempts is longer. */
  @WithDefault("PT1H")
  Duration longestBackoff();

  /** An attempt that ran this long gives the job its whole retry budget back. */
  @WithDefault("PT1H")
  Duration stableRun();

  /** The CloudEvents {@code source} of everything that this installation emits. */
  @WithDefault("/firesteel")
  URI eventSource();

  /** Whether events are whole JSON documents (structured) or attributes in headers (binary). */
  @WithDefault("STRUCTURED")
  CloudEventEncoder.ContentMode eventMode();

  /**
   * Where a person reads a job's whole log; may hold {tenant}, {job}, {cluster}, {namespace},
   * {pod}.
   */
  Optional<String> logsLink();

  /** Where a running job's Spark UI is; may hold the same and {applicationId}. */
  Optional<String> sparkUiLink();

  /** Where an ended job's Spark UI is; may hold the same. */
  Optional<String> historyLink();

  /** The same as the core takes it. */
  default AdmissionSettings settings() {
    return new AdmissionSettings(
        remember(),
        unknownDependencyWait(),
        removedTenantWait(),
        longestBackoff(),
        stableRun(),
        new LinkTemplates(
            logsLink().orElse(null), sparkUiLink().orElse(null), historyLink().orElse(null)));
  }

  /** How events are laid into records. */
  default CloudEventEncoder encoder() {
    return new CloudEventEncoder(eventSource(), eventMode());
  }
}
