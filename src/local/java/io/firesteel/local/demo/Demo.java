package io.firesteel.local.demo;

import io.firesteel.local.FolderLock;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.demo.DemoPlan.Request;
import io.firesteel.local.kubelet.config.Python;
import io.firesteel.local.verify.DriverRuns;
import io.firesteel.local.verify.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** {@code ./firesteel demo}: exits with 0 only if everything happens as planned. */
public final class Demo {

  private static final String EVENTS = "spark-job-events";
  private static final String RESULTS = "spark-job-results";
  private static final String WORKFLOW_RESULTS = "spark-workflow-results";
  private static final String DEAD_LETTERS = "spark-job-dead-letters";
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration DONE_WITHIN = Duration.ofMinutes(8);

  private Demo() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      System.err.println("firesteel demo: unknown argument " + args[0] + "; demo takes none");
      System.exit(2);
    }
    Path home = LaptopOptions.checkoutHome();
    Path data = home.resolve("target/demo");
    boolean asPlanned;
    try (FolderLock _ = FolderLock.acquire(data)) {
      asPlanned = run(home, data);
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("firesteel demo: " + e.getMessage());
      System.exit(1);
      return;
    }
    System.exit(asPlanned ? 0 : 1);
  }

  private static boolean run(Path home, Path data) throws IOException, InterruptedException {
    clear(data);
    System.out.println("Starting a broker, a local API server and a worker");
    try (Laptop laptop = Laptop.start(LaptopOptions.onFreePorts(home, data))) {
      laptop.startWorker("demo", 0, Map.of()).awaitReady(READY_WITHIN);
      return runPlan(laptop);
    }
  }

  private static boolean runPlan(Laptop laptop) {
    long started = System.nanoTime();
    Python python = laptop.python();
    if (python instanceof Python.Missing(var reason)) {
      System.out.println(reason);
    }
    DemoPlan plan = DemoPlan.of(laptop.sampleRequests(), LocalDate.now(ZoneOffset.UTC), python);
    JobMonitor monitor = new JobMonitor(RESULTS, WORKFLOW_RESULTS, DEAD_LETTERS);
    try (TopicReader topics =
        TopicReader.open(
            laptop.bootstrapServers(), EVENTS, RESULTS, WORKFLOW_RESULTS, DEAD_LETTERS)) {
      publish(laptop.bootstrapServers(), plan);
      long deadline = started + DONE_WITHIN.toNanos();
      int jobs = plan.withResult().size() + DemoPlan.WORKFLOW_JOBS;
      while ((monitor.jobsWithResult() < jobs || monitor.workflowResults().isEmpty())
          && System.nanoTime() < deadline) {
        monitor.follow(topics);
      }
      for (int i = 0; i < 10; i++) {
        monitor.follow(topics);
      }
    }
    Map<String, Integer> limits = new TreeMap<>(Map.of("acme", 1, "globex", 2));
    DemoReport report =
        new DemoReport(
            plan,
            monitor,
            DriverRuns.read(laptop.options().auditLog()),
            limits,
            laptop.options().input(),
            laptop.options().output());
    return report.print(Duration.ofNanos(System.nanoTime() - started));
  }

  private static void publish(String bootstrapServers, DemoPlan plan) {
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
      for (Request request : plan.requests()) {
        for (int i = 0; i < request.copies(); i++) {
          send(producer, request.message());
        }
      }
      send(producer, plan.workflow());
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String message) {
    producer.send(
        new ProducerRecord<>("spark-job-requests", message.getBytes(StandardCharsets.UTF_8)));
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder) && !file.equals(folder.resolve(FolderLock.FILE))) {
          Files.delete(file);
        }
      }
    }
  }
}
