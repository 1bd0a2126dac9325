package io.firesteel.rest.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A message for the request topic: a CloudEvent in structured mode that names who asked for it.
 *
 * @param key of the record; the same for all messages about a job, so that they keep their order
 * @param value the CloudEvent
 */
public record RequestMessage(String key, byte[] value) {

  /** The CloudEvents source of requests of a tenant's jobs. */
  public static String source(String tenant) {
    return "/v1/tenants/" + tenant + "/jobs";
  }

  /** The CloudEvents source of the re-runs of a job. */
  public static String rerunSource(JobKey job) {
    return source(job.tenant()) + "/" + URLEncoder.encode(job.id(), UTF_8).replace("+", "%20");
  }

  /**
   * A message.
   *
   * @param id CloudEvents id; the same for a repetition
   * @param principal who asks for it
   */
  public static RequestMessage of(
      RequestEventType type,
      String key,
      String source,
      String id,
      String principal,
      Instant now,
      @Nullable String traceparent,
      JsonNode data) {
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(URI.create(source))
            .withType(type.value())
            .withTime(now.atOffset(ZoneOffset.UTC))
            .withExtension("authtype", "unknown")
            .withExtension("authid", principal)
            .withData("application/json", JsonCodec.write(data));
    if (traceparent != null) {
      event.withExtension("traceparent", traceparent);
    }
    CloudEvent built = event.build();
    return new RequestMessage(key, new JsonFormat().serialize(built));
  }

  /** The message as intake would read it, for its checks. */
  ReceivedMessage received(String topic, Instant now) {
    return new ReceivedMessage(
        topic, 0, 0, now, now, new RecordHeaders(), key.getBytes(UTF_8), value);
  }

  /** The record for the request topic. */
  public ProducerRecord<byte[], byte[]> toRecord(String topic) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
  }
}
