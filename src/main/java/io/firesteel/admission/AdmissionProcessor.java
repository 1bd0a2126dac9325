package io.firesteel.admission;

import io.firesteel.admission.OutputRecords.OutputRecord;
import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.core.DecisionException;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.DeadLetterHeaders;
import io.firesteel.kafka.SourcePriority;
import io.firesteel.kafka.TruncatedValue;
import io.firesteel.platform.JobLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * decision writes is committed together or not at all. A decision that fails writes nothing: its
 * record goes to the dead letters and its job ends. A failure of Kafka ends the stream thread; its
 * replacement decides again from the last commit. One thread.
 */
final class AdmissionProcessor
    implements Processor<String, InboxRecord, String, byte @Nullable []> {

  static final String STORE = "admission";
  static final String DEAD_LETTERS = "dead-letters";

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionProcessor.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int JOBS_PER_TICK = 1_000;

  private final Admission admission;
  private final OutputRecords outputRecords;
  private final AdmissionMetrics metrics;
  private final FailedDecisions failedDecisions;
  private final TenantStatuses tenantStatuses = new TenantStatuses();
  private @Nullable ProcessorContext<String, byte @Nullable []> context;
  private @Nullable PersistentAdmissionStore state;

  AdmissionProcessor(Admission admission, CloudEventEncoder encoder, TenantCollector tenants) {
    this.admission = admission;
    this.outputRecords = new OutputRecords(encoder);
    this.metrics = tenants.forPartition();
    this.failedDecisions = new FailedDecisions(this::decide, metrics);
  }

  @Override
  public void init(ProcessorContext<String, byte @Nullable []> context) {
    this.context = context;
    PersistentAdmissionStore stored = new PersistentAdmissionStore(context.getStateStore(STORE));
    this.state = stored;
    stored.forEach(
        Table.TENANTS,
        "",
        tenantState -> {
          if (tenantState.home() == null) {
            metrics.restored(AdmissionOutput.TenantLoad.of(tenantState));
            tenantStatuses.changed(tenantState.name());
          }
        });
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
  }

  private void tick() {
    failedDecisions.decide(new Tick(JOBS_PER_TICK), null);
    Instant now = now();
    tenantStatuses.publish(
        Objects.requireNonNull(state),
        now,
        (tenant, status) ->
            context()
                .forward(
                    new Record<>(
                        tenant,
                        status == null ? null : JsonCodec.write(status),
                        now.toEpochMilli()),
                    OutputRecords.TENANT_STATUS));
  }

  @Override
  public void process(Record<String, InboxRecord> inbound) {
    switch (inbound.value()) {
      case InboxRecord.Message(var message, var bytes) when inbound.key() != null ->
          process(inbound, message, bytes);
      case InboxRecord.Message(_, var bytes) ->
          unreadable(inbound, bytes, "The record has no key; the key must be the cohort");
      case InboxRecord.Malformed(var bytes, var reason) -> unreadable(inbound, bytes, reason);
    }
  }

  private void process(Record<String, InboxRecord> inbound, InboxMessage message, byte[] bytes) {
    if (message instanceof InboxMessage.Observed(Observation observation)) {
      metrics.observationReceived(observation, now());
    }
    String cohort = inbound.key();
    DecisionException failure =
        failedDecisions.decide(
            new MessageArrived(cohort, message), FailedDecisions.subject(message));
    if (failure != null) {
      String reason = FailedDecisions.bug(failure).message();
      deadLetter(inbound, bytes, FailureReason.BUG, reason);
      failedDecisions.endSubject(cohort, message, failure);
    }
  }

  @Override
  public void close() {
    metrics.close();
  }

  /** Decides on an input, or throws a {@link DecisionException} and leaves no trace. */
  private void decide(AdmissionInput input) {
    Instant now = now();
    WriteBackStore changes = new WriteBackStore(Objects.requireNonNull(state));
    List<AdmissionOutput> outputs = admission.decide(changes, input, now);
    List<OutputRecord> records = outputRecords.encode(outputs, now.toEpochMilli());
    changes.flush();
    records.forEach(output -> context().forward(output.record(), output.sink()));
    outputs.forEach(this::observe);
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }

  private void observe(AdmissionOutput admissionOutput) {
    switch (admissionOutput) {
      case AdmissionOutput.PublishJobEvent(var event) -> metrics.published(event);
      case AdmissionOutput.PhaseChanged phaseChanged -> {
        metrics.phaseChanged(phaseChanged);
        logPhaseChange(phaseChanged);
      }
      case AdmissionOutput.TenantLoad tenantLoad -> {
        metrics.load(tenantLoad);
        tenantStatuses.changed(tenantLoad.tenant());
      }
      case AdmissionOutput.TenantLeft(var tenant) -> metrics.left(tenant);
      case AdmissionOutput.SetDesiredDriver _,
          AdmissionOutput.UpdateStatus _,
          AdmissionOutput.PublishTenantEvent _,
          AdmissionOutput.SendToCohort _,
          AdmissionOutput.UpdateTenantHome _ -> {}
    }
  }

  private void unreadable(Record<String, InboxRecord> inbound, byte[] bytes, String reason) {
    metrics.unreadable();
    LOG.atError().addKeyValue("reason", reason).log("An inbox record cannot be read");
    deadLetter(inbound, bytes, FailureReason.MESSAGE_UNREADABLE, reason);
  }

  private void deadLetter(
      Record<String, InboxRecord> inbound, byte[] bytes, FailureReason code, String reason) {
    Headers headers = new RecordHeaders();
    DeadLetterHeaders.addReason(headers, code, reason);
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
      LOG.info("Job changed phase");
    }
  }

  private ProcessorContext<String, byte @Nullable []> context() {
    return Objects.requireNonNull(context, "init comes first");
  }
}
