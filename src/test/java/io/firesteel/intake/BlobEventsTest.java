package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Job;
import io.firesteel.schema.Mutations;
import io.firesteel.trigger.Sequencers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores' own samples start the right jobs, and damaged ones start none that are not right. */
final class BlobEventsTest {

  private static final String DEFINITIONS =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: sales}
      spec: {maxConcurrency: 1}
      ---
      apiVersion: firesteel.io/v1alpha1
      kind: JobTemplate
      metadata: {name: load}
      spec:
        parameters:
          - {name: bucket, type: string, required: true}
          - {name: key, type: string, required: true}
          - {name: url, type: string, required: true}
          - {name: size, type: int, default: -1, maximum: 1000000000}
          - {name: etag, type: string, default: ""}
        application:
          type: Java
          sparkVersion: 4.1.1
          image: spark:4.1.1
          mainClass: com.example.Load
          mainApplicationFile: local:///load.jar
          arguments: ["{{bucket}}", "{{key}}", "{{url}}", "{{size}}", "{{etag}}"]
          driver: {cores: 1}
          executor: {cores: 1}
      ---
      apiVersion: firesteel.io/v1alpha1
      kind: BlobTrigger
      metadata: {name: all}
      spec:
        tenant: sales
        template: load
        filter: {bucket: "**", %s}
        parameters: {bucket: "{{bucket}}", key: "{{key}}", url: "{{sparkUrl}}", size: "{{size}}", etag: "{{etag}}"}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "azure-event-grid.json|test-container|new-file.txt|abfss://test-container@my-storage-account.dfs.core.windows.net/new-file.txt|524288|0x8D4BCC2E4835CD0",
        "azure-cloudevent.json|test-container|new-file.txt|abfss://test-container@my-storage-account.dfs.core.windows.net/new-file.txt|524288|0x8D4BCC2E4835CD0",
        "azure-data-lake.json|my-file-system|new-file.txt|abfss://my-file-system@my-storage-account.dfs.core.windows.net/new-file.txt|524288|0x8D4BCC2E4835CD0",
        "s3.json|mybucket|HappyFace.jpg|s3a://mybucket/HappyFace.jpg|1024|d41d8cd98f00b204e9800998ecf8427e",
        "s3-eventbridge.json|landing-bucket|raw/health-check/2023-08-08T14:03:40.532432.zip|s3a://landing-bucket/raw/health-check/2023-08-08T14:03:40.532432.zip|198524144|4af981f98d22a0b9979da24b259e5e42-12",
        "minio.json|images|myphoto.jpg|s3a://images/myphoto.jpg|6474|430f89010c77aa34fc8760696da62d08-1",
        "gcs-push.json|sandbox-mock-data|sample_manifests/PKG-1908-218054.csv|gs://sandbox-mock-data/sample_manifests/PKG-1908-218054.csv|2048|CP7Dt8fUifACEAE=",
      })
  void startsTheRightJobWithTheRightParameters(
      String file, String bucket, String key, String url, int size, String etag) {
    List<Decision> decisions = decide(sample(file), definitions(""));

    assertThat(decisions).hasSize(1);
    assertThat(job(decisions.getFirst()).spec().get("arguments"))
        .extracting(JsonNode::asText)
        .containsExactly(bucket, key, url, Integer.toString(size), etag);
  }

  @Test
  void saysWhyATriggerFailsWhenTheNotificationDoesNotTellEnough() {
    assertThat(decide(sample("gcs-pubsub.json"), definitions("")))
        .singleElement()
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter -> {
              assertThat(letter.reason().code()).isEqualTo(ErrorCode.TRIGGER_FAILED);
              assertThat(letter.reason().text())
                  .startsWith("trigger all: ")
                  .contains("/parameters/size: needs what the notification does not tell");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-test-event.json", "azure-data-lake-create.json"})
  void ignoresWhatIsNoArrival(String file) {
    assertThat(decide(sample(file), definitions(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectRemoved:Delete", "ObjectTagging:Put", "s3:ObjectRemoved:Delete"})
  void ignoresOtherEventsOfS3(String event) {
    JsonNode message = sample("s3.json");
    ((ObjectNode) message.at("/Records/0")).put("eventName", event);

    assertThat(decide(message, definitions(""))).isEmpty();
  }

  @Test
  void readsAzureInBinaryMode() {
    ObjectNode event = (ObjectNode) sample("azure-cloudevent.json");
    var headers =
        Map.of(
            "ce_specversion", "1.0",
            "ce_type", event.get("type").asText(),
            "ce_source", event.get("source").asText(),
            "ce_id", event.get("id").asText(),
            "ce_subject", event.get("subject").asText());

    assertThat(
            decide(
                Messages.of("spark-blob-events", headers, event.get("data").toString()),
                definitions("")))
        .singleElement()
        .isInstanceOf(Decision.Accept.class);
  }

  @Test
  void decodesTheKeysOfS3AndLeavesThoseOfEventBridge() {
    JsonNode s3 = sample("s3.json");
    ((ObjectNode) s3.at("/Records/0/s3/object")).put("key", "a/red+flower%C3%BC.jpg");
    JsonNode bridge = sample("s3-eventbridge.json");
    ((ObjectNode) bridge.at("/detail/object")).put("key", "a/red+flower.jpg");

    assertThat(key(decide(s3, definitions("")))).isEqualTo("a/red flowerü.jpg");
    assertThat(key(decide(bridge, definitions("")))).isEqualTo("a/red+flower.jpg");
  }

  @Test
  void makesAJobOfEachRecord() {
    JsonNode message = sample("minio.json");
    ArrayNode records = (ArrayNode) message.get("Records");
    ObjectNode second = records.get(0).deepCopy();
    ((ObjectNode) second.at("/s3/object")).put("key", "other.jpg");
    records.add(second);
    records.add("broken");

    assertThat(decide(message, definitions("")))
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Decision.Accept.class),
            other -> assertThat(other).isInstanceOf(Decision.Accept.class),
            broken -> assertThat(broken).isInstanceOf(Decision.DeadLetter.class));
  }

  @Test
  void givesTheSameVersionTheSameJobHoweverItIsTold() {
    JsonNode s3 = sample("s3.json");
    JsonNode bridge = sample("s3-eventbridge.json");
    ((ObjectNode) bridge.at("/detail/bucket")).put("name", "mybucket");
    ((ObjectNode) bridge.at("/detail/object"))
        .put("key", "HappyFace.jpg")
        .put("version-id", "096fKKXTRTtl3on89fVO.nfljtsv6qko");

    assertThat(job(decide(s3, definitions("")).getFirst()).key())
        .isEqualTo(job(decide(bridge, definitions("")).getFirst()).key());
    ((ObjectNode) bridge.at("/detail/object")).put("version-id", "other");
    assertThat(job(decide(s3, definitions("")).getFirst()).key())
        .isNotEqualTo(job(decide(bridge, definitions("")).getFirst()).key());
  }

  @Test
  void dropsAnOlderWritingOfTheSameObject() {
    var events = new BlobEvents(1 << 20, new Sequencers());
    JsonNode newer = sample("s3.json");
    JsonNode older = sample("s3.json");
    ((ObjectNode) older.at("/Records/0/s3/object")).put("sequencer", "0055AED6DCD90281E");
    JsonNode newest = sample("s3.json");
    ((ObjectNode) newest.at("/Records/0/s3/object")).put("sequencer", "0055AED6DCD90281E501");

    assertThat(events.decide(message(newer), definitions(""))).hasSize(1);
    assertThat(events.decide(message(older), definitions(""))).isEmpty();
    assertThat(events.decide(message(newer), definitions(""))).hasSize(1);
    assertThat(events.decide(message(newest), definitions(""))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stores: [minio]|true",
        "stores: [s3, gcs]|false",
        "prefix: my|true",
        "prefix: your|false",
        "suffix: .jpg|true",
        "suffix: .png|false",
        "key: '*.jpg'|true",
        "key: '*/*.jpg'|false",
        "key: 'my?hoto.jpg'|true",
        "minimumSize: 6474|true",
        "minimumSize: 6475|false",
        "events: ['ObjectCreated:*']|true",
        "events: ['ObjectCreated:Copy']|false",
        "account: x|false",
        "pattern: '(?<a>.)yphoto.*'|true",
        "pattern: 'yphoto.*'|false",
      })
  void filters(String filter, boolean passes) {
    assertThat(decide(sample("minio.json"), definitions(filter))).hasSize(passes ? 1 : 0);
  }

  @Test
  void startsTheJobOfTheExamplesInTheDocs() {
    JsonNode message = sample("minio.json");
    ((ObjectNode) message.at("/Records/0/s3/bucket")).put("name", "sales");
    ((ObjectNode) message.at("/Records/0/s3/object")).put("key", "in%2F2026%2F03%2F01.csv");

    Job job = job(decide(message, SampleDefinitions.examples()).getFirst());

    assertThat(job.key().tenant()).isEqualTo("sales");
    assertThat(job.spec().at("/arguments/0").asText())
        .isEqualTo("--input=s3a://sales/2026/03/2026-03-01.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azure-event-grid.json",
        "azure-cloudevent.json",
        "azure-data-lake.json",
        "azure-data-lake-create.json",
        "s3.json",
        "s3-test-event.json",
        "s3-eventbridge.json",
        "minio.json",
        "gcs-pubsub.json",
        "gcs-push.json"
      })
  void aDamagedNotificationNeverStartsAJobThatTheRulesWouldNot(String file) {
    Definitions rules = definitions("minimumSize: 1000");
    JsonNode sample = sample(file);
    byte[] bytes = sample.toString().getBytes(UTF_8);
    for (int seed = 0; seed < 100; seed++) {
      var mutations = new Mutations(seed);
      byte[] damaged =
          seed % 2 == 0
              ? mutations.mutate(bytes)
              : mutations.mutate(sample).toString().getBytes(UTF_8);
      var message = Messages.of("spark-blob-events", Map.of(), damaged);

      var records =
          new Passage(
                  "inbox",
                  new DeadLetters("dead"),
                  m -> new BlobEvents(1 << 20, new Sequencers()).decide(m, rules))
              .records(message);

      assertThat(records)
          .noneSatisfy(record ->
              assertThat(String.valueOf(record.headers().lastHeader("firesteel-reason-code")))
                  .contains("BUG"));
      new BlobEvents(1 << 20, new Sequencers())
          .decide(message, rules).stream()
              .filter(Decision.Accept.class::isInstance)
              .map(BlobEventsTest::job)
              .forEach(job -> assertFollowsTheRules(job, new String(damaged, UTF_8)));
    }
  }

  /** Bucket and key are the message's own, and the size is above the limit. */
  private static void assertFollowsTheRules(Job job, String message) {
    JsonNode arguments = job.spec().get("arguments");
    assertThat(arguments.get(3).asLong()).isGreaterThanOrEqualTo(1000);
    assertThat(message).contains(arguments.get(0).asText());
    assertThat(job.key().tenant()).isEqualTo("sales");
  }

  private static Definitions definitions(String filter) {
    Definitions definitions = SampleDefinitions.of(DEFINITIONS.formatted(filter));
    assertThat(definitions.flaws()).isEmpty();
    return definitions;
  }

  private static String key(List<Decision> decisions) {
    return job(decisions.getFirst()).spec().at("/arguments/1").asText();
  }

  private static Job job(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.Submitted) ((Decision.Accept) decision).message()).job();
  }

  private static List<Decision> decide(JsonNode message, Definitions definitions) {
    return decide(message(message), definitions);
  }

  private static List<Decision> decide(Received message, Definitions definitions) {
    return new BlobEvents(1 << 20, new Sequencers()).decide(message, definitions);
  }

  private static Received message(JsonNode json) {
    return Messages.of("spark-blob-events", Map.of(), json.toString());
  }

  private static JsonNode sample(String file) {
    try (InputStream in = BlobEventsTest.class.getResourceAsStream("/blob-events/" + file)) {
      return Messages.json(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
