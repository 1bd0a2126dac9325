package io.firesteel.schedule;

import io.cloudevents.CloudEvent;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.json.JsonCodec;
import io.firesteel.schedule.core.RunId;
import io.firesteel.schedule.core.ScheduleDecision;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleMessage;
import io.firesteel.schedule.core.ScheduleOutput;
import io.firesteel.schedule.core.ScheduleState;
import io.firesteel.schedule.core.ScheduleStatus;
import io.firesteel.schedule.core.StoredRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes messages and the time to {@link ScheduleDecision}. The new state, the asks and the events
 * of a decision are committed together. A decision that hits a bug changes nothing: its message is
 * skipped, and its schedule is tried again a minute later. One thread.
 */
final class ScheduleProcessor implements Processor<String, byte[], String, byte @Nullable []> {

  static final String STORE = "schedules";
  static final String ASKS = "asks";
  static final String EVENTS = "schedule-events";
  static final String STATUS = "schedule-status";

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleProcessor.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int SCHEDULES_PER_TICK = 1_000;
  private static final Duration AFTER_BUG = Duration.ofMinutes(1);

  private final CloudEventEncoder encoder;
  private final Serializer<CloudEvent> events;
  private final ScheduleMetrics metrics;
  private @Nullable ProcessorContext<String, byte @Nullable []> context;
  private @Nullable ScheduleStore store;

  ScheduleProcessor(CloudEventEncoder encoder, ScheduleMetrics metrics) {
    this.encoder = encoder;
    this.events = encoder.serializer();
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, byte @Nullable []> context) {
    this.context = context;
    this.store = new ScheduleStore(context.getStateStore(STORE));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
  }

  private void tick() {
    for (ScheduleKey key : store().due(now(), SCHEDULES_PER_TICK)) {
      ScheduleState state = store().state(key);
      StoredRequest request = store().request(key);
      if (state == null || request == null) {
        continue;
      }
      if (!decide(key, state, () -> ScheduleDecision.tick(state, request, now()))) {
        ScheduleState later = state.withAlarm(now().plus(AFTER_BUG));
        store().apply(key, state, new ScheduleDecision(later, request, List.of()));
      }
    }
  }

  @Override
  public void process(Record<String, byte[]> inbound) {
    ScheduleMessage message = read(inbound.value());
    if (message == null) {
      LOG.atError()
          .addKeyValue("key", inbound.key())
          .log("Skipped a record of the schedules topic");
      return;
    }
    switch (message) {
      case ScheduleMessage.Defined(var schedule, var origin) -> {
        ScheduleKey key = schedule.key();
        ScheduleState before = store().state(key);
        boolean full =
            origin != null
                && before == null
                && store().ofTenant(key.tenant()).size() >= ScheduleDecision.MAX_PER_TENANT;
        decide(
            key,
            before,
            () ->
                ScheduleDecision.define(
                    before, store().request(key), schedule, origin, now(), full));
      }
      case ScheduleMessage.Listed(var tenant, var names) ->
          store().ofTenant(tenant).stream()
              .filter(state -> !state.byEvent() && state.removedAt() == null)
              .filter(state -> !names.contains(state.key().name()))
              .forEach(state ->
                  decide(
                      state.key(),
                      state,
                      () -> ScheduleDecision.remove(state, request(state), null, now())));
      case ScheduleMessage.JobEnded(var job, var outcome, var at) ->
          RunId.scheduleOf(job)
              .map(key -> store().state(key))
              .ifPresent(state ->
                  decide(
                      state.key(),
                      state,
                      () ->
                          ScheduleDecision.jobEnded(
                              state, request(state), job.id(), outcome, at, now())));
      case ScheduleMessage.Control control -> control(control);
    }
  }

  private void control(ScheduleMessage.Control control) {
    ScheduleState found = store().state(control.key());
    ScheduleState state = found == null || found.removedAt() != null ? null : found;
    Supplier<ScheduleDecision> decision =
        state == null
            ? () -> ScheduleDecision.unknown(control.key(), control.origin(), now())
            : () ->
                switch (control) {
                  case ScheduleMessage.Deleted(_, var origin) ->
                      ScheduleDecision.remove(state, request(state), origin, now());
                  case ScheduleMessage.Suspended(_, var origin) ->
                      ScheduleDecision.suspend(state, request(state), origin, now());
                  case ScheduleMessage.Resumed(_, var origin) ->
                      ScheduleDecision.resume(state, request(state), origin, now());
                  case ScheduleMessage.RunRequested(_, var origin) ->
                      ScheduleDecision.run(state, request(state), origin, now());
                };
    if (state == null) {
      guarded(control.key(), () -> decision.get().outputs().forEach(this::send));
    } else {
      decide(control.key(), state, decision);
    }
  }

  /** Makes a decision and sends its outputs; returns whether it succeeded. */
  private boolean decide(
      ScheduleKey key, @Nullable ScheduleState before, Supplier<ScheduleDecision> decision) {
    return guarded(
        key,
        () -> {
          ScheduleDecision made = decision.get();
          ScheduleState after = made.state();
          if (Objects.equals(before, after) && made.outputs().isEmpty()) {
            return;
          }
          byte[] status =
              after == null || after.removedAt() != null
                  ? null
                  : JsonCodec.write(ScheduleStatus.of(after));
          store().apply(key, before, made);
          made.outputs().forEach(this::send);
          context().forward(new Record<>(key.toString(), status, now().toEpochMilli()), STATUS);
        });
  }

  private boolean guarded(ScheduleKey key, Runnable decision) {
    try {
      decision.run();
      return true;
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
      LOG.atError()
          .addKeyValue("tenant", key.tenant())
          .addKeyValue("schedule", key.name())
          .setCause(e)
          .log("A decision about a schedule failed");
      return false;
    }
  }

  private void send(ScheduleOutput output) {
    long now = now().toEpochMilli();
    switch (output) {
      case ScheduleOutput.WriteAsk(var ask) ->
          context().forward(new Record<>(ask.job().tenant(), JsonCodec.write(ask), now), ASKS);
      case ScheduleOutput.Publish published -> {
        Headers headers = new RecordHeaders();
        byte[] bytes = events.serialize(EVENTS, headers, event(published));
        context().forward(new Record<>(published.key().tenant(), bytes, now, headers), EVENTS);
        metrics.published(published);
      }
    }
  }

  private CloudEvent event(ScheduleOutput.Publish published) {
    ScheduleKey key = published.key();
    return encoder.encode(
        published.id(),
        published.header(),
        key.tenant(),
        published.event(),
        builder ->
            builder
                .withType(published.event().type())
                .withSubject(key.name())
                .withExtension("tenant", key.tenant())
                .withExtension("schedule", key.name()));
  }

  private static @Nullable ScheduleMessage read(byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : JsonCodec.MAPPER.readValue(bytes, ScheduleMessage.class);
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  private StoredRequest request(ScheduleState state) {
    return Objects.requireNonNull(store().request(state.key()), "a schedule has a request");
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }

  private ScheduleStore store() {
    return Objects.requireNonNull(store, "init comes first");
  }

  private ProcessorContext<String, byte @Nullable []> context() {
    return Objects.requireNonNull(context, "init comes first");
  }
}
