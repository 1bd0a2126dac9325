package io.firesteel.bench;

import io.firesteel.admission.AdmissionStreamsConfig;
import io.firesteel.admission.AdmissionTopology;
import io.firesteel.admission.TenantCollector;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.job.JobKey;
import io.firesteel.kafka.Topics;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Admission over a real broker with one partition and one stream thread: jobs in a second, latency
 * beside a long queue, restore. Everything shares one machine, so CPU time is reported as well.
 */
final class AdmissionBenchStreams implements AutoCloseable {

  private static final int DECISIONS_PER_JOB = 5;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final String bootstrapServers;
  private final Topics topics = new Topics("bench-" + System.nanoTime() + "-");
  private final Path folder;
  private final AdmissionBenchCluster cluster;
  private KafkaStreams streams;
  private int jobs;

  AdmissionBenchStreams(String bootstrapServers, Path folder)
      throws InterruptedException, ExecutionException {
    this.bootstrapServers = bootstrapServers;
    this.folder = folder;
    try (Admin admin = Admin.create(properties())) {
      admin
          .createTopics(
              Stream.of(
                      topics.inbox(),
                      topics.observations(),
                      topics.backlog(),
                      topics.drivers(),
                      topics.events(),
                      topics.results(),
                      topics.status(),
                      topics.deadLetters())
                  .map(name -> new NewTopic(name, 1, (short) 1))
                  .toList())
          .all()
          .get();
    }
    this.cluster = new AdmissionBenchCluster(bootstrapServers, topics);
    this.streams = start();
  }

  /** What a run of jobs cost. */
  record Throughput(double jobsPerSecond, double microsPerDecision) {}

  /** Lets jobs run from request to result, so many at once, and counts. */
  Throughput throughput(String tenant, int count, int slots) throws InterruptedException {
    cluster.send(AdmissionBenchLoad.tenant(tenant, slots));
    long before = cluster.completedDrivers();
    long processor = streamNanos();
    long begin = System.nanoTime();
    submit(tenant, "job", count);
    await(() -> cluster.completedDrivers() >= before + count);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double micros = (streamNanos() - processor) / 1e3 / count / DECISIONS_PER_JOB;
    return new Throughput(count / seconds, micros);
  }

  /** Fills the queue of a tenant that has one slot, and waits until all is decided. */
  void fill(String tenant, int count) throws InterruptedException {
    cluster.send(AdmissionBenchLoad.tenant(tenant, 1));
    submit(tenant, "stay", count);
    latency("calm", 1);
  }

  /** Milliseconds from a request in the inbox to the committed wish for its driver: the median. */
  double latency(String tenant, int count) throws InterruptedException {
    cluster.send(AdmissionBenchLoad.tenant(tenant, 10));
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      JobKey job = new JobKey(tenant, "timed-" + jobs++);
      long begin = System.nanoTime();
      cluster.send(AdmissionBenchLoad.submitted(job, Instant.now()));
      cluster.flush();
      await(() -> cluster.createdAt(job) != null);
      Long created = cluster.createdAt(job);
      millis[i] = ((created == null ? Long.MAX_VALUE : created) - begin) / 1e6;
    }
    Arrays.sort(millis);
    return millis[count / 2];
  }

  /** Seconds until a replica with an empty disk has the state and continues. */
  double restore() throws InterruptedException {
    leave();
    streams.cleanUp();
    long begin = System.nanoTime();
    streams = start();
    latency("calm", 1);
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Bytes on disk, after a clean close. */
  long stateBytes() {
    leave();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    streams.close();
    cluster.close();
  }

  /** Leaves the group at once, so that nobody waits for a session to run out. */
  private void leave() {
    streams.close(new KafkaStreams.CloseOptions().leaveGroup(true));
  }

  private void submit(String tenant, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      JobKey key = new JobKey(tenant, prefix + "-" + jobs++);
      cluster.send(AdmissionBenchLoad.submitted(key, Instant.now()));
    }
    cluster.flush();
  }

  private KafkaStreams start() {
    KafkaStreams started =
        new KafkaStreams(
            AdmissionTopology.build(
                topics,
                AdmissionSettings.DEFAULT,
                EventSchemas.ENCODER,
                new TenantCollector(new SimpleMeterRegistry(), InstantSource.system())),
            properties());
    started.start();
    return started;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(AdmissionStreamsConfig.exactlyOnce());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.prefix() + "admission");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    // As a replica that is started again: without an id the group would wait for a session to end.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "bench");
    return properties;
  }

  private static long streamNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && streamThread(info))
        .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
        .sum();
  }

  private static boolean streamThread(ThreadInfo info) {
    List<String> others = List.of("producer", "CleanupThread", "StateUpdater");
    return info.getThreadName().contains("StreamThread")
        && others.stream().noneMatch(info.getThreadName()::contains);
  }

  private static void await(Condition condition) throws InterruptedException {
    long giveUp = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("nothing moved for " + TIMEOUT);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }
}
