package io.firesteel.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.firesteel.event.Outcome;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.schedule.core.RunId;
import io.firesteel.schedule.core.ScheduleMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells schedules which of their jobs ended. The topics of jobs have the job as key, that of
 * schedules the tenant. A duplicate of a job that is over is an end, too: someone else used the id
 * before. One thread.
 */
final class JobEnds implements Processor<String, byte[], String, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(JobEnds.class);
  private static final String DUPLICATE = "io.firesteel.job.duplicate.v1";

  private @Nullable ProcessorContext<String, byte[]> context;

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, byte[]> inbound) {
    String key = inbound.key();
    if (key == null || inbound.value() == null || key.indexOf('/') < 1 || key.endsWith("/")) {
      return;
    }
    JobKey job = JobKey.parse(key);
    if (RunId.scheduleOf(job).isPresent()) {
      ended(job, inbound)
          .ifPresent(message ->
              Objects.requireNonNull(context, "init comes first")
                  .forward(
                      new Record<>(job.tenant(), JsonCodec.write(message), inbound.timestamp())));
    }
  }

  private static Optional<ScheduleMessage> ended(JobKey job, Record<String, byte[]> inbound) {
    try {
      CloudEvent event =
          KafkaMessageFactory.createReader(inbound.headers(), inbound.value()).toEvent();
      if (event.getData() == null) {
        return Optional.empty();
      }
      JsonNode data = JsonCodec.MAPPER.readTree(event.getData().toBytes());
      String outcome = data.path("outcome").asText();
      boolean over = data.has("previousPhase") || event.getType().equals(DUPLICATE);
      return outcome.isEmpty() || !over
          ? Optional.empty()
          : Optional.of(
              new ScheduleMessage.JobEnded(
                  job, Outcome.valueOf(outcome), Instant.ofEpochMilli(inbound.timestamp())));
    } catch (IOException | CloudEventRWException | IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("tenant", job.tenant())
          .addKeyValue("jobId", job.id())
          .addKeyValue("cause", e.getClass().getName())
          .log("Skipped an event of a scheduled job that cannot be read");
      return Optional.empty();
    }
  }
}
