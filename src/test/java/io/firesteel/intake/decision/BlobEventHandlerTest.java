package io.firesteel.intake.decision;

import static io.firesteel.intake.decision.BlobSamples.decide;
import static io.firesteel.intake.decision.BlobSamples.definitions;
import static io.firesteel.intake.decision.BlobSamples.job;
import static io.firesteel.intake.decision.BlobSamples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.intake.SampleMessages;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.ObjectVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores' own samples, as their documentation has them, start the right jobs. */
final class BlobEventHandlerTest {

  private static final Decision NO_NEW_OBJECT =
      new Decision.Ignore(Decision.Ignore.Cause.NO_NEW_OBJECT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "azure-event-grid.json|test-container|new-file.txt|abfss://test-container@my-storage-account.dfs.core.windows.net/new-file.txt|524288|0x8D4BCC2E4835CD0",
        "azure-cloudevent.json|test-container|new-file.txt|abfss://test-container@my-storage-account.dfs.core.windows.net/new-file.txt|524288|0x8D4BCC2E4835CD0",
        "azure-data-lake.json|my-file-system|new-file.txt|abfss://my-file-system@my-storage-account.dfs.core.windows.net/new-file.txt|524288|0x8D4BCC2E4835CD0",
        "s3.json|mybucket|HappyFace.jpg|s3a://mybucket/HappyFace.jpg|1024|d41d8cd98f00b204e9800998ecf8427e",
        "s3-eventbridge.json|mxcd-magic-star-691-in|raw/health-check/2023-08-08T14:03:40.532432.zip|s3a://mxcd-magic-star-691-in/raw/health-check/2023-08-08T14:03:40.532432.zip|198524144|4af981f98d22a0b9979da24b259e5e42-12",
        "minio.json|images|myphoto.jpg|s3a://images/myphoto.jpg|6474|430f89010c77aa34fc8760696da62d08-1",
        "gcs-push.json|sandbox-mock-data|sample_manifests/PKG-1908-218054.csv|gs://sandbox-mock-data/sample_manifests/PKG-1908-218054.csv|2048|CP7Dt8fUifACEAE=",
      })
  void startsTheRightJobWithTheRightParameters(
      String file, String bucket, String key, String url, int size, String etag) {
    List<Decision> decisions = decide(sample(file), definitions(""));

    assertThat(decisions).hasSize(1);
    assertThat(job(decisions.getFirst()).trigger()).isEqualTo("all");
    assertThat(job(decisions.getFirst()).origin().record()).isNotNull();
    assertThat(job(decisions.getFirst()).spec().get("arguments"))
        .extracting(JsonNode::asText)
        .containsExactly(bucket, key, url, Integer.toString(size), etag);
  }

  @Test
  void startsAJobFromTheAttributesOfPubSubAlone() {
    Definitions rules =
        BlobSamples.definitions("", "bucket: \"{{bucket}}\", key: \"{{key}}\", url: \"{{url}}\"");

    assertThat(job(decide(sample("gcs-pubsub.json"), rules).getFirst()).spec().get("arguments"))
        .extracting(JsonNode::asText)
        .startsWith(
            "aou-rdr-sandbox-mock-data",
            "AW1_genotyping_sample_manifests/RDR_AoU_GEN_PKG-1908-218054.csv");
  }

  @Test
  void rejectsATriggerWhosePlaceholderHasNoValueInTheNotification() {
    assertThat(decide(sample("gcs-pubsub.json"), definitions("")))
        .singleElement()
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter -> {
              assertThat(letter.rejection().reason()).isEqualTo(FailureReason.TRIGGER_FAILED);
              assertThat(letter.rejection().message())
                  .startsWith("trigger all: ")
                  .contains(
                      "/parameters/size: cannot be filled; the notification lacks a value for {{size}}");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-test-event.json", "azure-data-lake-create.json"})
  void ignoresEventsThatCreateNoObject(String file) {
    assertThat(decide(sample(file), definitions(""))).isNotEmpty().allMatch(NO_NEW_OBJECT::equals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectRemoved:Delete", "ObjectTagging:Put", "s3:ObjectRemoved:Delete"})
  void ignoresOtherEventsOfS3(String event) {
    JsonNode message = sample("s3.json");
    ((ObjectNode) message.at("/Records/0")).put("eventName", event);

    assertThat(decide(message, definitions(""))).containsExactly(NO_NEW_OBJECT);
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
                SampleMessages.of("spark-blob-events", headers, event.get("data").toString()),
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
  void tellsAdmissionWhichWritingIsTheLater() {
    assertThat(order("0055AED6DCD90281E5"))
        .isEqualTo(order("0055aed6dcd90281e5"))
        .isGreaterThan(order("0055AED6DCD90281E"))
        .isLessThan(order("0055AED6DCD90281E501"));
    assertThat(version("1").object()).isEqualTo("all/s3//mybucket/HappyFace.jpg");
  }

  private static String order(String sequencer) {
    return version(sequencer).sequencer();
  }

  private static ObjectVersion version(String sequencer) {
    JsonNode message = sample("s3.json");
    ((ObjectNode) message.at("/Records/0/s3/object")).put("sequencer", sequencer);
    return Objects.requireNonNull(job(decide(message, definitions("")).getFirst()).version());
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
    Decision decision = decide(sample("minio.json"), definitions(filter)).getFirst();

    if (passes) {
      assertThat(decision).isInstanceOf(Decision.Accept.class);
    } else {
      assertThat(decision).isEqualTo(new Decision.Ignore(Decision.Ignore.Cause.NO_TRIGGER));
    }
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

  private static String key(List<Decision> decisions) {
    return job(decisions.getFirst()).spec().at("/arguments/1").asText();
  }
}
