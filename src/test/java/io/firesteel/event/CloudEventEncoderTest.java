package io.firesteel.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.event.CloudEventEncoder.ContentMode;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.Requester;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.EventSchemas;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The CloudEvents form of job events. */
final class CloudEventEncoderTest {

  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final long GENERATION = 1_795_248_000_000L;
  private static final JobKey JOB = new JobKey("blue", "daily-7");
  private static final CloudEventEncoder BINARY =
      new CloudEventEncoder(URI.create("/here"), ContentMode.BINARY);

  @Test
  void writesOneJsonValueInStructuredMode() {
    JsonNode written = structured(event(new JobEvent.JobAdmitted(1, "ns")));

    assertThat(written.path("id").asText()).isEqualTo("blue/daily-7/1795248000000/0000000012");
    assertThat(written.path("type").asText()).isEqualTo("io.firesteel.job.admitted.v1");
    assertThat(written.path("subject").asText()).isEqualTo("daily-7");
    assertThat(written.path("sequence").asText()).isEqualTo("0000000012");
    assertThat(written.path("partitionkey").asText()).isEqualTo("blue/daily-7");
    assertThat(written.path("correlationid").asText()).isEqualTo("order-7");
    assertThat(written.at("/data/namespace").asText()).isEqualTo("ns");
    new EventSchemas().check(written);
  }

  @Test
  void writesAttributesAsHeadersInBinaryMode() {
    Headers headers = new RecordHeaders();
    byte[] value =
        BINARY
            .serializer()
            .serialize("topic", headers, BINARY.encode(event(new JobEvent.JobAdmitted(1, "ns"))));

    assertThat(header(headers, "ce_type")).isEqualTo("io.firesteel.job.admitted.v1");
    assertThat(header(headers, "ce_source")).isEqualTo("/here");
    assertThat(header(headers, "content-type")).isEqualTo("application/json");
    assertThat(new String(value, UTF_8))
        .isEqualTo("{\"generation\":1795248000000,\"attempt\":1,\"namespace\":\"ns\"}");
  }

  @Test
  void sortsLabelsSoThatBytesAreTheSameInEveryProcess() {
    JobEvent accepted =
        new JobEvent.JobAccepted(
            "c", null, "ns", 0, Map.of("c", "3", "a", "1", "b", "2", "d", "4"));

    assertThat(structured(event(accepted)).at("/data/labels").toString())
        .isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\"}");
  }

  @Test
  void handsTheRequestersOwnDataBackWhateverItIs() {
    JsonNode own = JsonNodeFactory.instance.arrayNode().add(1).add("two");
    Failure failure = Failure.of(FailureCategory.REQUEST, "Bad", "Mend it");
    JobResult result =
        new JobResult(
            "blue",
            "daily-7",
            GENERATION,
            Outcome.REFUSED,
            JobPhase.UNKNOWN,
            0,
            failure,
            null,
            Timeline.received(AT).withEndedAt(AT),
            null,
            null,
            null,
            "/upstream",
            "77",
            "order-7",
            own,
            Map.of(),
            new Links("https://example.org/logs", null, null),
            null,
            null,
            null);

    JsonNode written = structured(event(new JobEvent.JobEnded(result)));

    assertThat(written.path("type").asText()).isEqualTo("io.firesteel.job.refused.v1");
    assertThat(written.at("/data/correlation")).isEqualTo(own);
    new EventSchemas().check(written);
  }

  @Test
  void namesTheScheduleAndTheNominalTimeOfAScheduledJob() {
    JsonNode written =
        structured(
            new PublishedJobEvent(
                JOB,
                GENERATION,
                new EventHeader(
                    1, AT, null, "s-nightly", null, new Requester.ScheduledRun("nightly", AT)),
                new JobEvent.AttemptSucceeded(1, AT)));

    assertThat(written.path("schedule").asText()).isEqualTo("nightly");
    assertThat(written.path("scheduledat").asText()).isEqualTo(AT.toString());
    new EventSchemas().check(written);
  }

  private static PublishedJobEvent event(JobEvent event) {
    return new PublishedJobEvent(
        JOB, GENERATION, new EventHeader(12, AT, "order-7", "request-1", null, null), event);
  }

  private static JsonNode structured(PublishedJobEvent event) {
    byte[] bytes =
        EventSchemas.ENCODER
            .serializer()
            .serialize("topic", new RecordHeaders(), EventSchemas.ENCODER.encode(event));
    return JsonCodec.read(bytes, JsonNode.class);
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
