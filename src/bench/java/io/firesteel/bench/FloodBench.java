package io.firesteel.bench;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a tenant notices of a neighbour's flood: the time from its request to the committed desired
 * driver, through a packaged worker with intake. Both tenants are of one cohort, so admission has
 * everything about them in one partition. The flood is in one partition of the shared request
 * topic; the neighbour's requests are in the same partition, and then in a topic of its own.
 * Everything shares one machine.
 */
final class FloodBench {

  private static final String COHORT = "bench";
  private static final String FLOOD = "flood";
  private static final String NEIGHBOUR = "neighbour";
  private static final String SHARED = "spark-job-requests";
  private static final String OWN_TOPIC = SHARED + "." + NEIGHBOUR;

  /** At least as many requests as the tenant's share, which do not go to the backlog. */
  private static final int BURST = 1_500;

  private static final String INBOX = "firesteel-inbox";
  private static final Duration TIMEOUT = Duration.ofMinutes(20);
  private static final Duration MAX_GAP = Duration.ofMillis(100);

  private final PrintStream out;
  private final Laptop laptop;
  private final KafkaProducer<byte[], byte[]> requests;
  private final KafkaConsumer<String, byte[]> decisions;
  private int jobs;

  private FloodBench(PrintStream out, Laptop laptop) {
    this.out = out;
    this.laptop = laptop;
    String brokers = laptop.bootstrapServers();
    var bytes = new ByteArraySerializer();
    this.requests =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "compression.type", "lz4", "linger.ms", 0),
            bytes,
            bytes);
    this.decisions =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /** One request: the time until it was in the inbox, and until its driver was committed. */
  private record Latency(long intake, long total) {}

  /**
   * The neighbour's times, in milliseconds.
   *
   * @param samePartition with its requests in the partition of the flood
   * @param ownTopic with its requests in a topic of its own
   */
  record Times(Percentiles without, Percentiles samePartition, Percentiles ownTopic) {

    /** By how much the median grows in the partition of the flood. */
    double ratio() {
      return ratio(samePartition);
    }

    private double ratio(Percentiles with) {
      return with.percentile(50) / (double) Math.max(1, without.percentile(50));
    }
  }

  /** Measures a number of jobs alone, and as many while a flood of requests is worked off. */
  static Times run(PrintStream out, Path folder, int flood, int jobs)
      throws IOException, InterruptedException, ExecutionException {
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    for (String tenant : List.of(FLOOD, NEIGHBOUR)) {
      Files.writeString(definitions.resolve(tenant + ".yaml"), definition(tenant));
    }
    LaptopOptions options =
        LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder)
            .withDefinitions(definitions, List.of("bench-jobs"));
    try (Laptop laptop = Laptop.start(options)) {
      createTopic(laptop);
      try (WorkerProcess worker = laptop.startWorker(COHORT, 0, Map.of())) {
        worker.awaitReady(TIMEOUT);
        return new FloodBench(out, laptop).measure(flood, jobs);
      }
    }
  }

  private static String definition(String tenant) {
    return """
    apiVersion: firesteel.io/v1alpha1
    kind: Tenant
    metadata: {name: %s}
    spec: {namespace: bench-jobs, serviceAccount: spark, cohort: %s, maxConcurrency: %d, maxQueued: 1000000}
    """
        .formatted(tenant, COHORT, tenant.equals(FLOOD) ? 1 : 1_000);
  }

  private static void createTopic(Laptop laptop) throws InterruptedException, ExecutionException {
    NewTopic topic =
        new NewTopic(OWN_TOPIC, Optional.of(3), Optional.empty())
            .configs(Map.of("compression.type", "uncompressed"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", laptop.bootstrapServers()))) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private Times measure(int flood, int count) throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions =
        Stream.of("firesteel-drivers", INBOX)
            .flatMap(topic -> decisions.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    decisions.assign(partitions);
    decisions.seekToEnd(partitions);
    partitions.forEach(decisions::position);
    latency(SHARED, count / 2);
    Percentiles without = print("alone", latency(SHARED, count));
    publish(flood);
    behind(flood);
    long before = takenIn();
    long began = System.nanoTime();
    Percentiles same =
        print("under the flood, in its partition of the shared topic", latency(SHARED, count));
    Percentiles own = print("under the flood, in a topic of its own", latency(OWN_TOPIC, count));
    double seconds = (System.nanoTime() - began) / 1e9;
    long after = takenIn();
    out.printf(
        "flood: intake decided about %,d of it meanwhile, %.0f/s%n",
        after - before, (after - before) / seconds);
    if (after == before || after >= flood - BURST) {
      throw new IllegalStateException("the flood was not there during the whole measurement");
    }
    decisions.close();
    requests.close();
    Times times = new Times(without, same, own);
    out.printf(
        "flood: ratio %.2f in its partition, %.2f in a topic of its own%n",
        times.ratio(same), times.ratio(own));
    return times;
  }

  /** The first request after the flood has to wait until intake has read all of it. */
  private void behind(int flood) {
    Latency latency = latency(SHARED);
    out.printf(
        "flood: neighbour right behind %,d requests in one partition: %,d ms, %,d of it in intake,"
            + " which reads %.0f/s%n",
        flood, latency.total(), latency.intake(), flood * 1e3 / Math.max(1, latency.intake()));
  }

  private Percentiles print(String when, List<Latency> latencies) {
    Percentiles total = Percentiles.of(latencies.stream().map(Latency::total).toList());
    out.printf("flood: neighbour %s, request to committed driver: %s%n", when, total);
    out.printf(
        "flood: until the request was in the inbox: %s%n",
        Percentiles.of(latencies.stream().map(Latency::intake).toList()));
    return total;
  }

  private void publish(int flood) {
    IntStream.range(0, flood).forEach(i -> request(SHARED, FLOOD, "flood-" + i));
    requests.flush();
  }

  private void request(String topic, String tenant, String id) {
    long runMillis = tenant.equals(FLOOD) ? 3_600_000 : 100;
    byte[] json =
        SimulatedJobPublisher.request(tenant, id, SimulatedJobPublisher.plan(runMillis, 0))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    Integer partition = topic.equals(SHARED) ? 0 : null;
    var _ = requests.send(new ProducerRecord<>(topic, partition, null, json));
  }

  /** One job after the other, at irregular moments. */
  private List<Latency> latency(String topic, int count) {
    List<Latency> latencies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_GAP.toNanos()));
      latencies.add(latency(topic));
    }
    return latencies;
  }

  private Latency latency(String topic) {
    String id = "timed-" + jobs++;
    long sent = System.currentTimeMillis();
    long begin = System.nanoTime();
    request(topic, NEIGHBOUR, id);
    long intake = 0;
    long giveUp = begin + TIMEOUT.toNanos();
    while (System.nanoTime() < giveUp) {
      for (ConsumerRecord<String, byte[]> record : decisions.poll(Duration.ofMillis(100))) {
        if (record.topic().equals(INBOX)) {
          intake = isRequest(record.value(), id) ? record.timestamp() - sent : intake;
        } else if (isDriver(record.value(), id)) {
          return new Latency(intake, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
      }
    }
    throw new IllegalStateException("no driver of " + id + " within " + TIMEOUT);
  }

  private static boolean isRequest(byte[] inbox, String id) {
    return JsonCodec.read(inbox, InboxMessage.class) instanceof InboxMessage.JobSubmitted(var job)
        && job.key().id().equals(id);
  }

  private static boolean isDriver(byte[] driver, String id) {
    return driver != null
        && JsonCodec.read(driver, DesiredDriver.class).attempt().job().id().equals(id);
  }

  /** The records in the backlog: what intake took in of the flood beyond the tenant's share. */
  private long takenIn() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", laptop.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int partition = 0; partition < 3; partition++) {
        latest.put(new TopicPartition("firesteel-backlog", partition), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }
}
