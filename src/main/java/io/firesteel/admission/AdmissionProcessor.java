package io.firesteel.admission;

import io.cloudevents.CloudEvent;
import io.firesteel.admission.AdmissionInput.Arrived;
import io.firesteel.admission.AdmissionInput.Tick;
import io.firesteel.event.EventEncoder;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedEvent;
import io.firesteel.job.Failure;
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
import org.slf4j.spi.LoggingEventBuilder;

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
    stored.each(
        Table.TENANTS,
        tenant ->
            metrics.load(
                new Output.Load(
                    tenant.name(),
                    tenant.cohort(),
                    tenant.used(),
                    tenant.waiting(),
                    tenant.maxConcurrency())));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> decide(new Tick(JOBS_PER_TICK)));
  }

  @Override
  public void process(Record<String, Received> inbound) {
    switch (inbound.value()) {
      case Received.Message(var message) when inbound.key() != null ->
          decide(new Arrived(inbound.key(), message));
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
    Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
    for (Output output : admission.decide(Objects.requireNonNull(state), input, now)) {
      carryOut(output, now.toEpochMilli());
    }
  }

  private void carryOut(Output output, long now) {
    switch (output) {
      case Output.Drive(var job, var driver) ->
          context().forward(new Record<>(job.toString(), driver, now), DRIVERS);
      case Output.Report(var job, var status) ->
          context().forward(new Record<>(job.toString(), status, now), STATUS);
      case Output.Publish(var event) -> publish(event, now);
      case Output.Moved moved -> {
        metrics.moved(moved);
        log(moved);
      }
      case Output.Load load -> metrics.load(load);
    }
  }

  private void publish(PublishedEvent event, long now) {
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
    Record<String, Object> letter = new Record<>(inbound.key(), bytes, inbound.timestamp());
    letter.headers().add("firesteel-reason", reason.getBytes(StandardCharsets.UTF_8));
    context().forward(letter, DEAD_LETTERS);
  }

  private static void log(Output.Moved moved) {
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("tenant", moved.job().tenant())
            .addKeyValue("jobId", moved.job().id())
            .addKeyValue("attempt", moved.attempt())
            .addKeyValue("from", moved.from())
            .addKeyValue("to", moved.to());
    Failure failure = moved.failure();
    (failure == null ? line : line.addKeyValue("reason", failure.reason())).log("Job moved");
  }

  private ProcessorContext<String, Object> context() {
    return Objects.requireNonNull(context, "init comes first");
  }
}
