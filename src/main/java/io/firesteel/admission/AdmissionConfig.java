package io.firesteel.admission;

import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.LinkTemplates;
import io.firesteel.event.CloudEventEncoder;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of admission and of the events that it emits. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.admission")
interface AdmissionConfig {

  /** How long Firesteel remembers an ended job, to answer duplicates and lookups. */
  @WithDefault("P7D")
  Duration retention();

  /** How long a job waits for a dependency that is unknown. */
  @WithDefault("PT1H")
  Duration unknownDependencyWait();

  /** How long the waiting jobs of a tenant are kept after its definition was removed. */
  @WithDefault("PT1H")
  Duration removedTenantWait();

  /** The longest backoff between two attempts. Jitter adds up to a fifth to it. */
  @WithDefault("PT1H")
  Duration maxBackoff();

  /** An attempt that ran for this long restores the job's full retry budget. */
  @WithDefault("PT1H")
  Duration resetRetriesAfter();

  /** The CloudEvents {@code source} of every event that this installation emits. */
  @WithDefault("/firesteel")
  URI eventSource();

  /**
   * The CloudEvents content mode: {@code STRUCTURED} (one JSON document) or {@code BINARY}
   * (attributes in headers).
   */
  @WithDefault("STRUCTURED")
  CloudEventEncoder.ContentMode eventMode();

  /**
   * The address of a job's full log, with any of the placeholders {tenant}, {job}, {cluster},
   * {namespace}, {pod}.
   */
  Optional<String> logsLink();

  /** The address of a running job's Spark UI, with the same placeholders and {applicationId}. */
  Optional<String> sparkUiLink();

  /** The address of an ended job's Spark UI, with the same placeholders. */
  Optional<String> historyLink();

  /** These settings in the form that the core uses. */
  default AdmissionSettings settings() {
    return new AdmissionSettings(
        retention(),
        unknownDependencyWait(),
        removedTenantWait(),
        maxBackoff(),
        resetRetriesAfter(),
        new LinkTemplates(
            logsLink().orElse(null), sparkUiLink().orElse(null), historyLink().orElse(null)));
  }

  /** The encoder of public events. */
  default CloudEventEncoder encoder() {
    return new CloudEventEncoder(eventSource(), eventMode());
  }
}
