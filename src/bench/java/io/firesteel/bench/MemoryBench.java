package io.firesteel.bench;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firesteel.admission.PartitionState;
import io.firesteel.cluster.api.PodReader;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.PodChanges;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.job.TenantLimits;
import io.firesteel.kafka.SharedRocksDb;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of one replica that owns every partition: the state of admission with its caches, and
 * what the cluster side keeps of pods, in a JVM with the heap of k8s/base. An idle worker's own
 * heap comes on top. Arguments: tenants, queued jobs, pods. With {@code worker} before them, a real
 * worker's memory instead ({@link WorkerMemory}).
 */
public final class MemoryBench {

  /** Half of the container's memory; see docker/worker-jvm.Dockerfile. */
  private static final int HEAP_MIB = 320;

  /** As by default. */
  private static final long ROCKSDB_BYTES = 64 << 20;

  private static final String INSTALLATION = "0f1e2d3c4b";
  private static final int PARTITIONS = 6;
  private static final int PODS_PER_DRIVER = 6;

  private final List<PartitionState> partitions = new ArrayList<>();
  private final Map<JobKey, DriverState> drivers = new HashMap<>();

  private MemoryBench() {}

  /** Starts itself in a JVM with the heap of a worker. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("worker")) {
      WorkerMemory.main(args);
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + System.getProperty("bench.heap", HEAP_MIB + "m"),
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Measured.class.getName()));
    command.addAll(List.of(args));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      System.out.printf("memory: more than %d MiB of heap (exit code %d)%n", HEAP_MIB, code);
      System.exit(1);
    }
  }

  /** The measured JVM. */
  public static final class Measured {
    private Measured() {}

    public static void main(String[] args) throws IOException {
      int tenants = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
      int jobs = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
      int pods = args.length > 2 ? Integer.parseInt(args[2]) : 60_000;
      new MemoryBench().run(tenants, jobs, pods);
      System.exit(0);
    }
  }

  private void run(int tenants, int jobs, int pods) throws IOException {
    long empty = heapMib();
    Path folder = Files.createTempDirectory(Path.of("target"), "bench-memory-");
    Map<String, Object> rocksDb = SharedRocksDb.settings(ROCKSDB_BYTES);
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new PartitionState(folder.resolve(Integer.toString(i)), i, rocksDb));
    }
    long begun = heapMib();
    step("start", empty, begun);
    for (int i = 0; i < tenants; i++) {
      send("t" + i, tenant("t" + i));
    }
    long defined = heapMib();
    step(tenants + " tenants", begun, defined);
    watch(tenants, pods);
    long watched = heapMib();
    step(pods + " pods", defined, watched);
    for (int i = 0; i < jobs; i++) {
      JobKey key = new JobKey("t" + i % tenants, "job-" + i);
      send(key.tenant(), AdmissionBenchLoad.submitted(key, Instant.now()));
      if (i % 100_000 == 99_999) {
        System.out.printf("%,d jobs: heap %d MiB%n", i + 1, heapMib());
      }
    }
    step(jobs + " jobs", watched, heapMib());
    System.out.printf(
        "memory: %d tenants, %d queued jobs, %d pods, heap %d MiB, rss %d MiB, limit %d MiB%n",
        tenants,
        jobs,
        drivers.size() * PODS_PER_DRIVER,
        heapMib() - empty,
        new ProcessStats(ProcessHandle.current().pid()).residentMib(),
        HEAP_MIB);
    partitions.forEach(PartitionState::close);
  }

  private void send(String cohort, InboxMessage message) {
    partitions
        .get(Math.floorMod(cohort.hashCode(), PARTITIONS))
        .decide(cohort, message, Instant.now());
  }

  private static InboxMessage tenant(String name) {
    return new InboxMessage.TenantDefined(
        new TenantLimits(name, name, 1, TenantLimits.UNLIMITED, 1, TenantLimits.UNLIMITED));
  }

  /** Drivers with five executors each, as the watch reports them. */
  private void watch(int tenants, int pods) {
    for (int i = 0; i < pods / PODS_PER_DRIVER; i++) {
      Attempt attempt = new Attempt(new JobKey("t" + i % tenants, "running-" + i), 1, 1);
      DriverState state =
          DriverState.EMPTY.withDesired(
              new DesiredDriver(
                  attempt,
                  attempt.job().tenant(),
                  new Placement(attempt.job().tenant() + "-jobs", "spark", null),
                  "uid-00000000-0000-0000-" + i,
                  false,
                  Map.of(),
                  null,
                  MissingNode.getInstance()));
      for (int number = 0; number < PODS_PER_DRIVER; number++) {
        state =
            PodChanges.updated(
                state, PodReader.read(pod(attempt, i, number)).orElseThrow(), INSTALLATION);
      }
      drivers.put(attempt.job(), state);
    }
  }

  private static Pod pod(Attempt attempt, int index, int number) {
    String driver = DriverNames.of(attempt).pod();
    String uid = "uid-00000000-0000-0000-" + index;
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(attempt.job().tenant() + "-jobs")
            .withName(number == 0 ? driver : driver + "-exec-" + number)
            .withUid(number == 0 ? uid : uid + "-exec-" + number)
            .withResourceVersion(Integer.toString(index * PODS_PER_DRIVER + number + 1))
            .withCreationTimestamp("2026-03-01T12:00:00Z")
            .addToAnnotations(PodLabels.JOB_KEY, attempt.job().toString())
            .addToLabels(PodLabels.MANAGED_BY, PodLabels.FIRESTEEL)
            .addToLabels(PodLabels.INSTALLATION, INSTALLATION)
            .addToLabels(PodLabels.GENERATION, "1")
            .addToLabels(PodLabels.ATTEMPT, "1")
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-" + index % 500)
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .addNewContainerStatus()
            .withName(number == 0 ? PodReader.DRIVER_CONTAINER : "spark-kubernetes-executor")
            .withNewState()
            .withNewRunning()
            .withStartedAt("2026-03-01T12:00:05Z")
            .endRunning()
            .endState()
            .endContainerStatus()
            .endStatus();
    if (number > 0) {
      pod.editMetadata()
          .addToOwnerReferences(
              new OwnerReferenceBuilder()
                  .withKind("Pod")
                  .withApiVersion("v1")
                  .withName(driver)
                  .withUid(uid)
                  .withController(true)
                  .build())
          .endMetadata();
    }
    // As from the wire: every view has strings of its own.
    return Serialization.unmarshal(Serialization.asJson(pod.build()), Pod.class);
  }

  private static void step(String what, long before, long after) {
    System.out.printf("%s: %+d MiB%n", what, after - before);
  }

  private static long heapMib() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }
}
