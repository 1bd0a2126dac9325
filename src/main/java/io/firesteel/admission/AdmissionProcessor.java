package io.firesteel.admission;

import io.cloudevents.CloudEvent;
import io.firesteel.admission.AdmissionInput.Arrived;
import io.firesteel.admission.AdmissionInput.Tick;
import io.firesteel.event.EventEncoder;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Failure;
import io.firesteel.kafka.CutValue;
import io.firesteel.log.JobLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries inbox records to {@link Admission} and what it decides to the topics. Everything that one
 * decision writes is committed together, or not at all; a decision that fails kills the thread, and
 * the next one decides anew from the last commit. One thread.
 */
final class AdmissionProcessor implements Processor<String, Received, String, Object> {

  static final String STORE = "admission";
  static final String DRIVERS = "drivers";
  static final String EVENTS = "events";
  static final String RESULTS = "results";
  static final String STATUS = "status";
  static final String DEAD_LETTERS = "dead-letters";

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionProcessor.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int JOBS_PER_TICK = 1_000;
  private static final int LONGEST_REASON = 4096;

  private final Admission admission;
  private final EventEncoder encoder;
  private final AdmissionMetrics metrics;
  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable StoredState state;

  AdmissionProcessor(Admission admission, EventEncoder encoder, MeterRegistry registry) {
    this.admission = admission;
    this.encoder = encoder;
    this.metrics = new AdmissionMetrics(registry);
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    StoredState stored = new StoredState(context.getStateStore(STORE));
    this.state = stored;
    stored.each(Table.TENANTS, tenant -> metrics.load(Output.Load.of(tenant)));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> decide(new Tick(JOBS_PER_TICK)));
  }

  @Override
  public void process(Record<String, Received> inbound) {
    switch (inbound.value()) {
      case Received.Message(var message) when inbound.key() != null -> {
        if (message instanceof InboxMessage.Observed(Observation observation)) {
          metrics.observed(observation, now());
        }
        decide(new Arrived(inbound.key(), message));
      }
      case Received.Message _ ->
          deadLetter(inbound, new byte[0], "the record has no key; it needs the cohort");
      case Received.Unreadable(var bytes, var reason) -> deadLetter(inbound, bytes, reason);
    }
  }

  @Override
  public void close() {
    metrics.close();
  }

  private void decide(AdmissionInput input) {
    Instant now = now();
    for (Output output : admission.decide(Objects.requireNonNull(state), input, now)) {
      carryOut(output, now.toEpochMilli());
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }

  private void carryOut(Output output, long now) {
    switch (output) {
      case Output.Drive(var job, var driver) ->
          context().forward(new Record<>(job.toString(), driver, now), DRIVERS);
      case Output.Report(var job, var status) ->
          context().forward(new Record<>(job.toString(), status, now), STATUS);
      case Output.Publish(var event) -> {
        metrics.told(event);
        publish(event, now);
      }
      case Output.Announce(var event) ->
          context().forward(new Record<>(event.tenant(), encoder.encode(event), now), EVENTS);
      case Output.Moved moved -> {
        metrics.moved(moved);
        log(moved);
      }
      case Output.Load load -> metrics.load(load);
    }
  }

  private void publish(PublishedEvent event, long now) {
    if (event.event() instanceof JobEvent.Duplicate) {
      metrics.duplicate(event.job().tenant());
    }
    String key = event.job().toString();
    CloudEvent encoded = encoder.encode(event);
    context().forward(new Record<>(key, encoded, now), EVENTS);
    if (event.event() instanceof JobEvent.Ended) {
      context().forward(new Record<>(key, encoded, now), RESULTS);
    }
  }

  private void deadLetter(Record<String, Received> inbound, byte[] bytes, String reason) {
    metrics.unreadable();
    LOG.atError().addKeyValue("reason", reason).log("An inbox record cannot be read");
    Record<String, Object> letter = letter(inbound, bytes);
    header(letter, "reason-code", ErrorCode.MESSAGE_UNREADABLE.name());
    header(letter, "reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    context()
        .recordMetadata()
        .ifPresent(origin -> {
          header(letter, "origin-topic", origin.topic());
          header(letter, "origin-partition", Integer.toString(origin.partition()));
          header(letter, "origin-offset", Long.toString(origin.offset()));
        });
    header(letter, "origin-timestamp", Instant.ofEpochMilli(inbound.timestamp()).toString());
    context().forward(letter, DEAD_LETTERS);
  }

  private static Record<String, Object> letter(Record<String, Received> inbound, byte[] bytes) {
    if (bytes.length <= InboxMessage.LARGEST) {
      return new Record<>(inbound.key(), bytes, inbound.timestamp());
    }
    CutValue cut = CutValue.of(bytes);
    Record<String, Object> letter =
        new Record<>(inbound.key(), cut.beginning(), inbound.timestamp());
    cut.describe(letter.headers());
    return letter;
  }

  private static void header(Record<String, Object> letter, String name, String value) {
    letter.headers().add("firesteel-" + name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The one line of each transition. */
  private static void log(Output.Moved moved) {
    Failure failure = moved.failure();
    try (var _ =
        JobLog.about(moved.job(), moved.traceparent())
            .with("attempt", moved.attempt())
            .with("from", moved.from())
            .with("to", moved.to())
            .with("category", failure == null ? null : failure.category())
            .with("reason", failure == null ? null : failure.reason())) {
      LOG.info("Job moved");
    }
  }

  private ProcessorContext<String, Object> context() {
    return Objects.requireNonNull(context, "init comes first");
  }
}
