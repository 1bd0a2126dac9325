package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.hostile.HostileInput.Answer;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.SampleRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records on topics that only Firesteel writes, as a missing ACL would allow them. */
final class InternalInputs {

  private static final String INBOX = "firesteel-inbox";
  private static final String DRIVERS = "firesteel-drivers";
  private static final String STATUS = "spark-job-status";

  private final Random random;
  private final HostileText text;
  private final String prefix;

  InternalInputs(Random random, String prefix) {
    this.random = random;
    this.text = new HostileText(random);
    this.prefix = prefix;
  }

  /** What admission cannot read; it must become a dead letter. */
  List<HostileInput> unreadableInbox() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      inputs.add(dead("random bytes", text.bytes(2000)));
      inputs.add(dead("an unknown kind", "{\"kind\":" + HostileText.quoted(text.text()) + "}"));
    }
    inputs.add(dead("nothing", "").withKey(null));
    inputs.add(
        new Message("a tombstone", INBOX, key(), null, List.of(), false, Answer.DEAD_LETTER));
    inputs.add(dead("no key", JsonCodec.write(submitted())).withKey(null));
    for (int depth : List.of(1001, 100_000)) {
      inputs.add(dead(depth + " arrays", "[".repeat(depth)));
      inputs.add(
          dead(depth + " objects", "{\"kind\":\"submitted\",\"job\":" + "{\"a\":".repeat(depth)));
    }
    for (String kind :
        List.of("submitted", "refused", "cancel-requested", "tenant-defined", "observed")) {
      inputs.add(dead("only a kind", "{\"kind\":\"" + kind + "\"}"));
    }
    return inputs;
  }

  /** What admission can read, but Firesteel never writes. */
  List<HostileInput> forgedInbox() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      inputs.add(optional(INBOX, "a mutated job", text.mutated(submitted())));
      inputs.add(optional(INBOX, "a mutated observation", text.mutated(observed(i))));
      ObjectNode defined = JsonCodec.MAPPER.createObjectNode().put("kind", "tenant-defined");
      defined
          .putObject("limits")
          .put("tenant", "forged-" + random.nextInt(3))
          .put("cohort", "forged")
          .put("maxConcurrency", random.nextInt())
          .put("maxQueued", random.nextInt())
          .put("weight", random.nextInt(3) - 1)
          .put("cohortMaxConcurrency", random.nextInt());
      inputs.add(optional(INBOX, "forged limits", defined));
      inputs.add(optional(INBOX, "mutated limits", text.mutated(defined)));
      ObjectNode cancel = JsonCodec.MAPPER.createObjectNode().put("kind", "cancel-requested");
      cancel.put("key", "forged-0/" + prefix + i).set("origin", origin(prefix + "cancel-" + i));
      inputs.add(optional(INBOX, "a mutated cancellation", text.mutated(cancel)));
    }
    return inputs;
  }

  /** Records on the topic of desired drivers. */
  List<HostileInput> drivers() {
    return table(DRIVERS, desired());
  }

  /** Records on the topic of jobs' states. */
  List<HostileInput> status() {
    ObjectNode status =
        JsonCodec.MAPPER
            .createObjectNode()
            .put("tenant", "forged-0")
            .put("jobId", prefix)
            .put("phase", "RUNNING")
            .put("generation", 1);
    return table(STATUS, status);
  }

  private List<HostileInput> table(String topic, ObjectNode sample) {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      inputs.add(optional(topic, "random bytes", text.bytes(500)));
      inputs.add(optional(topic, "a mutation", text.mutated(sample)));
      inputs.add(optional(topic, "a hostile key", text.mutated(sample)).withKey(text.bytes(100)));
    }
    inputs.add(
        optional(topic, "no slash in the key", JsonCodec.write(sample))
            .withKey("x".getBytes(UTF_8)));
    inputs.add(optional(topic, "an empty key", JsonCodec.write(sample)).withKey(new byte[0]));
    inputs.add(
        new Message("a tombstone", topic, text.bytes(50), null, List.of(), false, Answer.OPTIONAL));
    return inputs;
  }

  private ObjectNode submitted() {
    String id = prefix + random.nextInt(1000);
    ObjectNode message = JsonCodec.MAPPER.createObjectNode().put("kind", "submitted");
    ObjectNode job = message.putObject("job").put("key", "forged-0/" + id).put("cohort", "forged");
    job.set("origin", origin(id));
    job.putObject("placement")
        .put("namespace", HostilePlatform.FORGED_NAMESPACE)
        .put("serviceAccount", "spark");
    job.put("priority", 0).putObject("deadlines");
    job.putArray("dependsOn");
    job.putObject("retry")
        .put("type", "NEVER")
        .put("onFailureRetries", 0)
        .put("onFailureRetryInterval", "PT0S")
        .put("onSubmissionFailureRetries", 0)
        .put("onSubmissionFailureRetryInterval", "PT0S");
    job.putObject("labels");
    job.set("spec", spec(id));
    job.putArray("warnings");
    return message;
  }

  private static ObjectNode spec(String id) {
    return (ObjectNode) SampleRequests.example("forged-0", id, "Pi", 1).get("spec");
  }

  private static ObjectNode origin(String id) {
    return JsonCodec.MAPPER
        .createObjectNode()
        .put("source", "/forged")
        .put("id", id)
        .put("receivedAt", "2026-11-21T08:00:00Z");
  }

  private ObjectNode observed(int i) {
    ObjectNode message = JsonCodec.MAPPER.createObjectNode().put("kind", "observed");
    ObjectNode observation = message.putObject("observation");
    observation
        .put(
            "seen",
            List.of("created", "pending", "started", "executors", "gone", "finished").get(i % 6))
        .put("at", "2026-11-21T08:00:00Z")
        .put("namespace", "x")
        .put("pod", "x")
        .put("uid", "x")
        .put("applicationId", "x")
        .put("reason", "x")
        .put("running", -1)
        .put("total", Integer.MAX_VALUE);
    observation
        .putObject("attempt")
        .put("job", "forged-0/" + prefix + random.nextInt(1000))
        .put("generation", 1 + random.nextInt(2))
        .put("number", 1);
    return message;
  }

  private ObjectNode desired() {
    String id = prefix + "driver";
    ObjectNode driver =
        JsonCodec.MAPPER.createObjectNode().put("cohort", "forged").put("stop", false);
    driver.putObject("attempt").put("job", "forged-0/" + id).put("generation", 1).put("number", 1);
    driver
        .putObject("placement")
        .put("namespace", HostilePlatform.FORGED_NAMESPACE)
        .put("serviceAccount", "spark");
    driver.putObject("labels");
    driver.set("spec", spec(id));
    return driver;
  }

  private byte[] key() {
    return ("forged-" + random.nextInt(10)).getBytes(UTF_8);
  }

  private Message dead(String note, byte[] value) {
    return new Message(note, INBOX, key(), value, List.of(), false, Answer.DEAD_LETTER);
  }

  private Message dead(String note, String value) {
    return dead(note, value.getBytes(UTF_8));
  }

  private Message optional(String topic, String note, byte[] value) {
    byte[] key =
        topic.equals(INBOX) ? key() : ("forged-0/" + prefix + random.nextInt()).getBytes(UTF_8);
    return new Message(note, topic, key, value, List.of(), false, Answer.OPTIONAL);
  }

  private Message optional(String topic, String note, ObjectNode value) {
    return optional(topic, note, JsonCodec.write(value));
  }
}
