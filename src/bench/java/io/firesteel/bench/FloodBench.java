package io.firesteel.bench;

import io.firesteel.inbox.DesiredDriver;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * driver, through a packaged worker with intake. Both tenants are of one cohort, so everything
 * about them is in one partition; each has its own topic of requests. Everything shares one
 * machine.
 */
final class FloodBench {

  private static final String COHORT = "bench";
  private static final String FLOOD = "flood";
  private static final String NEIGHBOUR = "neighbour";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration MAX_GAP = Duration.ofMillis(100);

  private final PrintStream out;
  private final Laptop laptop;
  private final KafkaProducer<byte[], byte[]> requests;
  private final KafkaConsumer<String, byte[]> drivers;
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
    this.drivers =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /** The neighbour's times, in milliseconds. */
  record Times(Percentiles without, Percentiles with) {

    double ratio() {
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
      createTopics(laptop);
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

  private static String topic(String tenant) {
    return "spark-job-requests." + tenant;
  }

  private static void createTopics(Laptop laptop) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", laptop.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(FLOOD, NEIGHBOUR).stream()
                  .map(tenant ->
                      new NewTopic(topic(tenant), Optional.of(3), Optional.empty())
                          .configs(Map.of("compression.type", "uncompressed")))
                  .toList())
          .all()
          .get();
    }
  }

  private Times measure(int flood, int count) throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions =
        drivers.partitionsFor("firesteel-drivers").stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    drivers.assign(partitions);
    drivers.seekToEnd(partitions);
    partitions.forEach(drivers::position);
    latency(count / 2);
    Percentiles without = latency(count);
    out.printf("flood: neighbour alone, request to committed driver: %s%n", without);
    publish(flood);
    long before = takenIn();
    long began = System.nanoTime();
    Percentiles with = latency(count);
    double seconds = (System.nanoTime() - began) / 1e9;
    long after = takenIn();
    out.printf("flood: neighbour under a flood of %,d requests: %s%n", flood, with);
    out.printf(
        "flood: intake took in %,d of it meanwhile, %.0f/s%n",
        after - before, (after - before) / seconds);
    if (after >= flood) {
      throw new IllegalStateException("the flood was over before the measurement was");
    }
    drivers.close();
    requests.close();
    return new Times(without, with);
  }

  private void publish(int flood) {
    for (int i = 0; i < flood; i++) {
      request(FLOOD, "flood-" + i, 3_600_000);
    }
    requests.flush();
  }

  private void request(String tenant, String id, long runMillis) {
    byte[] json =
        SimulatedJobPublisher.request(tenant, id, SimulatedJobPublisher.plan(runMillis, 0))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    var _ = requests.send(new ProducerRecord<>(topic(tenant), json));
  }

  /** One job after the other, at irregular moments. */
  private Percentiles latency(int count) {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_GAP.toNanos()));
      String id = "timed-" + jobs++;
      long begin = System.nanoTime();
      request(NEIGHBOUR, id, 100);
      awaitDriver(id);
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }
    return Percentiles.of(millis);
  }

  private void awaitDriver(String id) {
    long giveUp = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < giveUp) {
      for (ConsumerRecord<String, byte[]> driver : drivers.poll(Duration.ofMillis(100))) {
        if (driver.value() != null
            && JsonCodec.read(driver.value(), DesiredDriver.class)
                .attempt()
                .job()
                .id()
                .equals(id)) {
          return;
        }
      }
    }
    throw new IllegalStateException("no driver of " + id + " within " + TIMEOUT);
  }

  /** The records in the backlog: what intake took in of the flood beyond the tenant's share. */
  private long takenIn() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", laptop.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> latest = new java.util.HashMap<>();
      for (int partition = 0; partition < 3; partition++) {
        latest.put(new TopicPartition("firesteel-backlog", partition), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }
}
