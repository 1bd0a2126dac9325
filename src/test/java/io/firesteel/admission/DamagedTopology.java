package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology of admission, its records so far, and ways to damage its state. Fails when the
 * tenant blue, which has one slot, gets a second driver.
 */
final class DamagedTopology implements AutoCloseable {

  private final Topics topics = new Topics("");
  SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TopologyTestDriver driver = driver();
  final List<TestRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
  final Map<String, List<JsonNode>> results = new HashMap<>();
  private final Map<String, Attempt> attempts = new HashMap<>();
  final Set<String> desired = new HashSet<>();
  final Set<String> stopped = new HashSet<>();

  void run(JobKey key) {
    send(job(key.tenant(), key.id()).submitted());
    observe(
        new Observation.Created(attempt(key), START, "ns-blue", "pod", "uid-" + key.id(), "app"));
    observe(new Observation.Started(attempt(key), START, "node"));
  }

  void submitNext() {
    send(job("blue", "next").submitted());
  }

  byte[] cancel(JobKey key) {
    return send(new InboxMessage.CancelRequested(key, SampleJob.origin("cancel"), "enough"));
  }

  Observation finished(JobKey key, boolean failed) {
    return new Observation.Finished(
        attempt(key), START, failed ? SampleJob.failure(FailureCategory.APPLICATION) : null);
  }

  Attempt attempt(JobKey key) {
    return Objects.requireNonNull(attempts.get(key.toString()));
  }

  byte[] observe(Observation seen) {
    return send(new InboxMessage.Observed(seen));
  }

  byte[] send(InboxMessage message) {
    byte[] value = JsonCodec.write(message);
    send(message.tenant(), value);
    return value;
  }

  void send(String cohort, byte[] value) {
    driver
        .createInputTopic(
            topics.inbox(), new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO)
        .pipeInput(cohort, value);
    read();
  }

  void elapse(Duration time) {
    driver.advanceWallClockTime(time);
    read();
  }

  private void read() {
    TopologyOutput output = new TopologyOutput(driver);
    deadLetters.addAll(output.records(topics.deadLetters()));
    output
        .keyValues(topics.results())
        .forEach(record ->
            results
                .computeIfAbsent(record.key, _ -> new ArrayList<>())
                .add(JsonCodec.read(record.value, JsonNode.class)));
    output
        .keyValues(topics.drivers())
        .forEach(record -> {
          if (record.value == null) {
            desired.remove(record.key);
            stopped.remove(record.key);
          } else {
            DesiredDriver one = JsonCodec.read(record.value, DesiredDriver.class);
            attempts.put(record.key, one.attempt());
            desired.add(record.key);
            if (one.stop()) {
              stopped.add(record.key);
            }
          }
          assertThat(desired.stream().filter(key -> key.startsWith("blue/"))).hasSizeLessThan(2);
        });
  }

  void corrupt(String key) {
    restart(key, "{\"not\":".getBytes(UTF_8));
  }

  void change(String key, Consumer<JsonNode> change) {
    byte[] bytes = driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE).get(key);
    JsonNode tree = JsonCodec.read(bytes, JsonNode.class);
    change.accept(tree);
    restart(key, JsonCodec.write(tree));
  }

  /** Continues on another replica, with a record of the state replaced. */
  private void restart(String key, byte[] value) {
    Map<String, byte[]> state = new HashMap<>();
    try (var all = driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE).all()) {
      all.forEachRemaining(entry -> state.put(entry.key, entry.value));
    }
    assertThat(state).containsKey(key);
    state.put(key, value);
    driver.close();
    registry = new SimpleMeterRegistry();
    driver = driver();
    state.forEach(driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE)::put);
  }

  @Override
  public void close() {
    driver.close();
  }

  private TopologyTestDriver driver() {
    return new TopologyTestDriver(
        AdmissionTopology.build(
            topics,
            AdmissionSettings.DEFAULT,
            EventSchemas.ENCODER,
            new TenantCollector(registry, InstantSource.system())),
        new Properties(),
        START);
  }
}
