package io.firesteel.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.firesteel.event.Outcome;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.workflow.core.TaskJob;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells workflows which of their jobs ended. The topics of jobs have the job as key, that of
 * workflows the tenant. A duplicate of a job that is over is an end, too: someone else used the id
 * before. One thread.
 */
final class TaskEnds implements Processor<String, byte[], String, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(TaskEnds.class);
  private static final String DUPLICATE = "io.firesteel.job.duplicate.v1";
  private static final TypeReference<Map<String, JsonNode>> VALUES = new TypeReference<>() {};

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
    TaskJob.of(job.id())
        .flatMap(task -> ended(job, task, inbound))
        .ifPresent(message ->
            Objects.requireNonNull(context, "init comes first")
                .forward(
                    new Record<>(job.tenant(), JsonCodec.write(message), inbound.timestamp())));
  }

  private static Optional<WorkflowMessage> ended(
      JobKey job, TaskJob task, Record<String, byte[]> inbound) {
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
              new WorkflowMessage.JobEnded(
                  new WorkflowKey(job.tenant(), task.workflow()),
                  task.task(),
                  task.index(),
                  Outcome.valueOf(outcome),
                  outputs(data)));
    } catch (IOException
        | CloudEventRWException
        | EventDeserializationException
        | IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("tenant", job.tenant())
          .addKeyValue("jobId", job.id())
          .addKeyValue("cause", e.getClass().getName())
          .log("Skipped an event of a task's job that cannot be read");
      return Optional.empty();
    }
  }

  private static Map<String, JsonNode> outputs(JsonNode data) {
    return data.has("outputs")
        ? JsonCodec.MAPPER.convertValue(data.get("outputs"), VALUES)
        : Map.of();
  }
}
