package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The events of a job, as Kafka has them. */
@Path("/v1/tenants/{tenant}/jobs/{id}/events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "jobs")
public final class EventsResource {

  /** Clocks of replicas differ. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  private static final int MAX_EVENTS = 2_000;

  private final JobQueries queries;
  private final TopicReads topicReads;
  private final String topic;

  EventsResource(JobQueries queries, TopicReads topicReads, Topics topics) {
    this.queries = queries;
    this.topicReads = topicReads;
    this.topic = topics.events();
  }

  /**
   * The events of the job's generation, in order.
   *
   * @param complete false if some are missing, because Kafka no longer has them or there are many
   */
  public record EventList(List<JsonNode> items, boolean complete) {}

  @GET
  @Requires(Role.VIEWER)
  @Operation(
      operationId = "listEvents",
      summary = "Lists the CloudEvents of a job, as in docs/events.md")
  public EventList events(@PathParam("tenant") String tenant, @PathParam("id") String id) {
    JobKey key = new JobKey(tenant, id);
    JobStatus job =
        queries.job(key).orElseThrow(() -> new ProblemException(ProblemCode.JOB_UNKNOWN));
    byte[] bytes = key.toString().getBytes(UTF_8);
    TopicPartition at = new TopicPartition(topic, partition(bytes));
    Instant from =
        Objects.requireNonNullElse(job.timeline().receivedAt(), job.updatedAt()).minus(BEFORE);
    List<JsonNode> found = new ArrayList<>();
    boolean read =
        topicReads.since(
            at,
            from,
            record -> {
              if (Arrays.equals(record.key(), bytes)) {
                event(record)
                    .filter(event -> generation(event) == job.generation())
                    .ifPresent(found::add);
              }
              return found.size() < MAX_EVENTS
                  && (found.isEmpty() || sequence(found.getLast()) < job.sequence());
            });
    boolean first = !found.isEmpty() && sequence(found.getFirst()) == 1;
    boolean last = !found.isEmpty() && sequence(found.getLast()) >= job.sequence();
    return new EventList(found, read && first && last);
  }

  /** The partition that Kafka's default partitioner chooses. */
  private int partition(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % topicReads.bounds(topic).size();
  }

  /** An event in structured mode, whatever its mode in Kafka. */
  private static Optional<JsonNode> event(ConsumerRecord<byte[], byte[]> record) {
    try {
      var event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
      return Optional.of(JsonCodec.read(new JsonFormat().serialize(event), JsonNode.class));
    } catch (CloudEventRWException | IllegalStateException _) {
      return Optional.empty();
    }
  }

  private static long generation(JsonNode event) {
    return event.path("data").path("generation").asLong();
  }

  private static long sequence(JsonNode event) {
    return event.path("sequence").asLong();
  }
}
