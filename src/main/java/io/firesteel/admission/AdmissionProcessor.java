package io.firesteel.admission;

import io.cloudevents.CloudEvent;
import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.state.Table;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.kafka.DeadLetterHeaders;
import io.firesteel.kafka.SourcePriority;
import io.firesteel.kafka.TruncatedValue;
import io.firesteel.platform.JobLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes inbox records to {@link Admission} and its outputs to the topics. Everything that one
 * decision writes is committed together or not at all. An exception ends the stream thread; its
 * replacement decides again from the last commit. One thread.
 */
final class AdmissionProcessor implements Processor<String, InboxRecord, String, Object> {

  static final String STORE = "admission";
  static final String DRIVERS = "drivers";
  static final String EVENTS = "events";
  static final String RESULTS = "results";
  static final String STATUS = "status";
  static final String DEAD_LETTERS = "dead-letters";

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionProcessor.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int JOBS_PER_TICK = 1_000;

  private final Admission admission;
  private final CloudEventEncoder encoder;
  private final AdmissionMetrics metrics;
  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable PersistentAdmissionStore state;

  AdmissionProcessor(Admission admission, CloudEventEncoder encoder, MeterRegistry registry) {
    this.admission = admission;
    this.encoder = encoder;
    this.metrics = new AdmissionMetrics(registry);
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    PersistentAdmissionStore stored = new PersistentAdmissionStore(context.getStateStore(STORE));
    this.state = stored;
    stored.forEach(
        Table.TENANTS, tenantState -> metrics.load(AdmissionOutput.TenantLoad.of(tenantState)));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> decide(new Tick(JOBS_PER_TICK)));
  }

  @Override
  public void process(Record<String, InboxRecord> inbound) {
    switch (inbound.value()) {
      case InboxRecord.Message(var message, _) when inbound.key() != null -> {
        if (message instanceof InboxMessage.Observed(Observation observation)) {
          metrics.observationReceived(observation, now());
        }
        decide(new MessageArrived(inbound.key(), message));
      }
      case InboxRecord.Message(_, var bytes) ->
          deadLetter(inbound, bytes, "The record has no key; the key must be the cohort");
      case InboxRecord.Malformed(var bytes, var reason) -> deadLetter(inbound, bytes, reason);
    }
  }

  @Override
  public void close() {
    metrics.close();
  }

  private void decide(AdmissionInput input) {
    Instant now = now();
    for (AdmissionOutput admissionOutput :
        admission.decide(Objects.requireNonNull(state), input, now)) {
      execute(admissionOutput, now.toEpochMilli());
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }

  private void execute(AdmissionOutput admissionOutput, long now) {
    switch (admissionOutput) {
      case AdmissionOutput.SetDesiredDriver(var job, var driver) ->
          context().forward(new Record<>(job.toString(), driver, now), DRIVERS);
      case AdmissionOutput.UpdateStatus(var job, var status) ->
          context().forward(new Record<>(job.toString(), status, now), STATUS);
      case AdmissionOutput.PublishJobEvent(var event) -> {
        metrics.published(event);
        publish(event, now);
      }
      case AdmissionOutput.PublishTenantEvent(var event) ->
          context().forward(new Record<>(event.tenant(), encoder.encode(event), now), EVENTS);
      case AdmissionOutput.PhaseChanged phaseChanged -> {
        metrics.phaseChanged(phaseChanged);
        logPhaseChange(phaseChanged);
      }
      case AdmissionOutput.TenantLoad tenantLoad -> metrics.load(tenantLoad);
    }
  }

  private void publish(PublishedJobEvent event, long now) {
    if (event.event() instanceof JobEvent.JobDuplicate) {
      metrics.duplicate(event.job().tenant());
    }
    String key = event.job().toString();
    CloudEvent encoded = encoder.encode(event);
    context().forward(new Record<>(key, encoded, now), EVENTS);
    if (event.event() instanceof JobEvent.JobEnded) {
      context().forward(new Record<>(key, encoded, now), RESULTS);
    }
  }

  private void deadLetter(Record<String, InboxRecord> inbound, byte[] bytes, String reason) {
    metrics.unreadable();
    LOG.atError().addKeyValue("reason", reason).log("An inbox record cannot be read");
    Headers headers = new RecordHeaders();
    DeadLetterHeaders.addReason(headers, FailureReason.MESSAGE_UNREADABLE, reason);
    RecordMetadata origin = context().recordMetadata().orElseThrow();
    long timestamp = SourcePriority.recordTimestamp(inbound.timestamp(), now().toEpochMilli());
    DeadLetterHeaders.addOrigin(
        headers,
        origin.topic(),
        origin.partition(),
        origin.offset(),
        Instant.ofEpochMilli(timestamp));
    context()
        .forward(
            new Record<>(inbound.key(), value(bytes, headers), timestamp, headers), DEAD_LETTERS);
  }

  /** The value of a dead letter, truncated if it is too large. */
  private static byte[] value(byte[] bytes, Headers headers) {
    if (bytes.length <= InboxMessage.MAX_BYTES) {
      return bytes;
    }
    TruncatedValue cut = TruncatedValue.of(bytes);
    cut.describe(headers);
    return cut.beginning();
  }

  /** Logs one line for each change of phase. */
  private static void logPhaseChange(AdmissionOutput.PhaseChanged phaseChanged) {
    Failure failure = phaseChanged.failure();
    try (var _ =
        JobLog.about(phaseChanged.job(), phaseChanged.traceparent())
            .with("attempt", phaseChanged.attempt())
            .with("from", phaseChanged.from())
            .with("to", phaseChanged.to())
            .with("category", failure == null ? null : failure.category())
            .with("reason", failure == null ? null : failure.reason())) {
      LOG.info("Job moved");
    }
  }

  private ProcessorContext<String, Object> context() {
    return Objects.requireNonNull(context, "init comes first");
  }
}
