package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.TopicReader;
import io.firesteel.schema.Schemas;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class RequestConsumerQuarkusTest {

  private static final String GOOD =
      "{\"jobId\":\"%s\",\"tenant\":\"sales\",\"spec\":" + SampleMessages.SPEC + "}";

  @Test
  void everyMessageOfABatchReachesItsTopic() throws Exception {
    try (var producer = producer()) {
      producer.send(request("spark-job-requests", GOOD.formatted("first")));
      producer.send(request("spark-job-requests", "no json"));
      producer.send(request("spark-job-requests", "{\"jobId\":\"lost\",\"tenant\":\"nobody\"}"));
      producer.send(request("spark-job-requests", "x".repeat(5 << 20)));
      producer.send(request("spark-job-requests.returns", "{\"spec\":{\"tyype\":1},\"typo\":1}"));
      producer.send(request("spark-job-requests", GOOD.formatted("last")));
    }

    var inbox = new ArrayList<InboxMessage>();
    var dead = new ArrayList<String>();
    try (var consumer = topic("firesteel-inbox", "spark-job-dead-letters")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            consumer.poll(record -> sort(record, inbox, dead));
            return inbox.size() >= 6 && dead.size() >= 4;
          });
    }

    assertThat(inbox.subList(0, 2)).allMatch(InboxMessage.TenantDefined.class::isInstance);
    assertThat(inbox.stream().map(RequestConsumerQuarkusTest::jobId))
        .contains("first", "last", "lost");
    assertThat(dead)
        .contains("MESSAGE_UNREADABLE", "TENANT_UNKNOWN", "MESSAGE_TOO_LARGE", "REQUEST_INVALID");
  }

  @Test
  void everyExampleIsTakenOverTheWire() throws Exception {
    List<String> examples =
        Schemas.files("examples", ".json").stream().filter(f -> !f.contains("plain")).toList();
    try (var producer = producer()) {
      for (String example : examples) {
        producer.send(
            new ProducerRecord<>(
                "spark-job-requests",
                (Integer) null,
                new byte[0],
                Schemas.read(example).toString().getBytes(UTF_8),
                attributes(example)));
      }
      producer.send(
          request(
              "spark-job-requests", Schemas.read("examples/plain-job-request.v1.json").toString()));
      producer.send(request("spark-blob-events", arrival()));
    }

    var origins = new ArrayList<String>();
    try (var consumer = topic("firesteel-inbox")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            consumer.poll(record -> origins.add(new String(record.value(), UTF_8)));
            return origins.stream().anyMatch(o -> o.contains("/buckets/minio/sales"))
                && examples.stream()
                    .allMatch(e -> origins.stream().anyMatch(o -> o.contains('"' + e + '"')));
          });
    }

    assertThat(origins)
        .noneMatch(origin -> origin.contains("\"kind\":\"refused\"") && origin.contains("/tests"));
  }

  private static List<Header> attributes(String example) {
    String type = example.replaceAll("examples/(\\w+)-(\\w+)\\..*", "io.firesteel.$1.$2.v1");
    return Map.of(
            "ce_specversion", "1.0",
            "ce_id", example,
            "ce_source", "/tests",
            "ce_type", type,
            "content-type", "application/json")
        .entrySet()
        .stream()
        .<Header>map(e -> new RecordHeader(e.getKey(), e.getValue().getBytes(UTF_8)))
        .toList();
  }

  private static String arrival() throws Exception {
    try (var sample =
        RequestConsumerQuarkusTest.class.getResourceAsStream("/blob-events/minio.json")) {
      return new String(sample.readAllBytes(), UTF_8)
          .replace("\"name\":\"images\"", "\"name\":\"sales\"")
          .replace("\"myphoto.jpg\"", "\"in%2F2026%2F03%2F01.csv\"");
    }
  }

  private static void sort(
      ConsumerRecord<byte[], byte[]> record, List<InboxMessage> inbox, List<String> dead) {
    if (record.topic().equals("firesteel-inbox")) {
      inbox.add(JsonCodec.read(record.value(), InboxMessage.class));
    } else {
      dead.add(new String(record.headers().lastHeader("firesteel-reason-code").value(), UTF_8));
    }
  }

  private static String jobId(InboxMessage message) {
    return switch (message) {
      case InboxMessage.JobSubmitted jobSubmitted -> jobSubmitted.job().key().id();
      case InboxMessage.JobRejected jobRejected -> jobRejected.key().id();
      default -> "";
    };
  }

  private static ProducerRecord<byte[], byte[]> request(String topic, String json) {
    return new ProducerRecord<>(topic, json.getBytes(UTF_8));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap(), "max.request.size", 10 << 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static TopicReader topic(String... names) {
    return TopicReader.open(bootstrap(), names);
  }

  private static String bootstrap() {
    return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
  }
}
