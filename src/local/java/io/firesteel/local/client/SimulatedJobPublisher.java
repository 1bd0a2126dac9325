package io.firesteel.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.SampleRequests;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes requests for jobs with simulated pods, of which a machine can run hundreds. The key of
 * a message is its job, so that all messages about a job keep their order.
 */
public final class SimulatedJobPublisher implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTS = "spark-job-requests";

  private final KafkaProducer<byte[], byte[]> producer;

  public SimulatedJobPublisher(String bootstrapServers) {
    var bytes = new ByteArraySerializer();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            bytes,
            bytes);
  }

  /** The value of the annotation that simulates a pod. */
  public static String plan(long runMillis, int exitCode) {
    return "runMillis=%d,exitCode=%d".formatted(runMillis, exitCode);
  }

  /** Requests a job whose pods follow the plan. */
  public void publish(String tenant, String id, String plan) {
    publish(request(tenant, id, plan));
  }

  /** Requests any job. */
  public void publish(ObjectNode request) {
    String job = request.path("tenant").asText() + "/" + request.path("jobId").asText();
    var _ = producer.send(new ProducerRecord<>(REQUESTS, key(job), bytes(request)));
  }

  /** Cancels a job. */
  public void cancel(String tenant, String id) {
    ObjectNode data = JSON.createObjectNode().put("tenant", tenant).put("jobId", id);
    control(tenant + "/" + id, "io.firesteel.job.cancel.v1", "cancel-" + tenant + "-" + id, data);
  }

  /** Suspends a tenant, or resumes it. */
  public void suspend(String tenant, boolean suspended, String eventId) {
    String type = suspended ? "io.firesteel.tenant.suspend.v1" : "io.firesteel.tenant.resume.v1";
    control(tenant, type, eventId, JSON.createObjectNode().put("tenant", tenant));
  }

  private void control(String key, String type, String eventId, ObjectNode data) {
    ObjectNode event =
        JSON.createObjectNode()
            .put("specversion", "1.0")
            .put("type", type)
            .put("source", "/tests")
            .put("id", eventId);
    event.set("data", data);
    var message = new ProducerRecord<>(REQUESTS, key(key), bytes(event));
    message
        .headers()
        .add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.US_ASCII));
    var _ = producer.send(message);
  }

  private static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ObjectNode message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the broker has every published message. */
  public void flush() {
    producer.flush();
  }

  /** The request for a job whose pods follow the plan. */
  public static ObjectNode request(String tenant, String id, String plan) {
    ObjectNode request = SampleRequests.example(tenant, id, "Pi", 1);
    ObjectNode spec = (ObjectNode) request.get("spec");
    spec.putObject("restartPolicy").put("type", "Never");
    spec.withObject("/driver").putObject("annotations").put(SimulatedPods.ANNOTATION, plan);
    return request;
  }

  @Override
  public void close() {
    producer.close();
  }
}
