package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.job.FailureReason;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import io.firesteel.schema.Mutations;
import io.firesteel.schema.Schemas;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Whatever arrives, there is exactly one decision and never a throw. */
final class IntakeProperties {

  private static final List<String> EXAMPLES =
      Schemas.files("examples", ".json").stream().filter(f -> f.contains("request")).toList();

  @Property(tries = 3000)
  void damagedRequestsAreDecided(
      @ForAll int example,
      @ForAll boolean bytes,
      @ForAll(supplier = Mutations.Any.class) Mutations mutations) {
    String event =
        """
        {"specversion":"1.0","id":"e","source":"/s","type":"io.firesteel.job.request.v1","data":%s}\
        """
            .formatted(Schemas.read(EXAMPLES.get(Math.floorMod(example, EXAMPLES.size()))));
    byte[] value =
        bytes
            ? mutations.mutate(event.getBytes(UTF_8))
            : mutations.mutate(read(event)).toString().getBytes(UTF_8);

    assertDecided(SampleMessages.of(SampleMessages.TOPIC, Map.of(), value));
  }

  @Property(tries = 1000)
  void anyBytesAndHeadersAreDecided(@ForAll byte[] value, @ForAll String type, @ForAll String ce) {
    assertDecided(
        SampleMessages.of(
            "spark-job-requests.sales",
            Map.of("content-type", type, "ce_specversion", "1.0", "ce_id", ce, "ce_source", ce),
            value));
    assertDecided(SampleMessages.of(SampleMessages.TOPIC, Map.of("content-type", type), value));
  }

  private static void assertDecided(ReceivedMessage message) {
    var records = SampleMessages.records(message);

    assertThat(records).isNotEmpty().hasSizeLessThanOrEqualTo(2);
    assertThat(records)
        .noneSatisfy(record ->
            assertThat(new String(header(record), UTF_8)).isEqualTo(FailureReason.BUG.name()));
  }

  private static byte[] header(ProducerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader("firesteel-reason-code");
    return header == null ? new byte[0] : header.value();
  }

  private static JsonNode read(String json) {
    try {
      return StrictJson.read(json.getBytes(UTF_8));
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
