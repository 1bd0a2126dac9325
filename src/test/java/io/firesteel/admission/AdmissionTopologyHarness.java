package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.StoredStateSample.Line;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.event.TenantStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The topology of admission with its topics, and a cluster that lets every driver succeed. Starts
 * empty or from what a {@link StoredStateSample} has.
 */
final class AdmissionTopologyHarness implements AutoCloseable {

  private final Topics topics = new Topics("");
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          AdmissionTopology.build(
              topics,
              AdmissionSettings.DEFAULT,
              EventSchemas.ENCODER,
              new TenantCollector(new SimpleMeterRegistry(), InstantSource.system())),
          new Properties(),
          START);
  private final TestInputTopic<String, byte[]> inbox =
      driver.createInputTopic(topics.inbox(), new StringSerializer(), new ByteArraySerializer());
  private final TopologyOutput topologyOutput = new TopologyOutput(driver);
  private final Map<String, byte[]> drivers = new TreeMap<>();
  private final Set<String> running = new HashSet<>();
  private int mostAtOnce;

  static AdmissionTopologyHarness restoredFrom(StoredStateSample sample) {
    AdmissionTopologyHarness restored = new AdmissionTopologyHarness();
    var store = restored.driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE);
    sample.state().forEach(line -> store.put(line.key(), line.bytes()));
    sample.drivers().forEach(line -> restored.drivers.put(line.key(), line.bytes()));
    return restored;
  }

  void send(InboxMessage message) {
    send("blue", JsonCodec.write(message));
  }

  void send(String key, byte[] message) {
    inbox.pipeInput(key, message);
  }

  void elapse(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** Plays the cluster until nothing more is wanted. */
  void letEveryDriverSucceed() {
    for (boolean more = true; more; ) {
      topologyOutput.keyValues(topics.drivers()).forEach(record -> want(record.key, record.value));
      List<DesiredDriver> now =
          drivers.values().stream()
              .map(bytes -> JsonCodec.read(bytes, DesiredDriver.class))
              .toList();
      now.forEach(one -> running.add(one.attempt().job().toString()));
      running.retainAll(drivers.keySet());
      mostAtOnce = Math.max(mostAtOnce, running.size());
      now.stream().findFirst().ifPresent(this::end);
      more = !now.isEmpty();
    }
  }

  private void want(String job, byte[] driverBytes) {
    if (driverBytes == null) {
      drivers.remove(job);
    } else {
      drivers.put(job, driverBytes);
    }
  }

  private void end(DesiredDriver one) {
    Observation seen =
        one.stop()
            ? new Observation.Gone(
                one.attempt(),
                START,
                SampleJob.failure(io.firesteel.job.FailureCategory.APPLICATION))
            : new Observation.Finished(one.attempt(), START, null);
    send(one.cohort(), JsonCodec.write(new InboxMessage.Observed(seen)));
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  /** The outcomes that each job was told since the last call. */
  Map<String, List<String>> outcomes() {
    Map<String, List<String>> outcomes = new TreeMap<>();
    topologyOutput
        .keyValues(topics.results())
        .forEach(record ->
            outcomes
                .computeIfAbsent(record.key, _ -> new ArrayList<>())
                .add(tree(record.value).at("/data/outcome").asText()));
    return outcomes;
  }

  /** The types of the events about a job since the last call. */
  List<String> steps(String job) {
    return topologyOutput.keyValues(topics.events()).stream()
        .filter(record -> record.key.equals(job))
        .map(record -> tree(record.value).path("type").asText())
        .toList();
  }

  List<Line> state() {
    List<Line> lines = new ArrayList<>();
    try (var all = driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE).all()) {
      all.forEachRemaining(entry -> lines.add(Line.of(entry.key, entry.value)));
    }
    return lines;
  }

  /** The table of drivers as it is now; for reading once. */
  List<Line> drivers() {
    return latest(topics.drivers());
  }

  /** The table of states as it is now; for reading once. */
  List<Line> status() {
    return latest(topics.status());
  }

  /** What was published about tenants since the last call, in order. */
  List<TenantStatus> tenantStatus() {
    return topologyOutput.keyValues(topics.tenantStatus()).stream()
        .map(record -> JsonCodec.read(record.value, TenantStatus.class))
        .toList();
  }

  private List<Line> latest(String topic) {
    Map<String, byte[]> table = new TreeMap<>();
    topologyOutput
        .keyValues(topic)
        .forEach(record -> {
          if (record.value == null) {
            table.remove(record.key);
          } else {
            table.put(record.key, record.value);
          }
        });
    return table.entrySet().stream()
        .map(entry -> Line.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static JsonNode tree(byte[] bytes) {
    return JsonCodec.read(
        new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  @Override
  public void close() {
    driver.close();
  }
}
