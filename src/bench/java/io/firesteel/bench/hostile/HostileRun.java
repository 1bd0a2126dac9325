package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.bench.hostile.HostileInput.ClusterChange;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends bursts and checks after each that neighbours' requests get through. If they never do, the
 * kind of the burst is left out from then on, and a new platform replaces the blocked one. One
 * thread.
 */
final class HostileRun implements AutoCloseable {

  /** How long a neighbour may wait for the result and the status of a job of 20 ms. */
  static final Duration STALL = Duration.ofSeconds(20);

  private static final Duration BLOCKED = Duration.ofSeconds(90);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

  private final Path folder;
  private final long seed;
  private final HostileTotals totals = new HostileTotals();
  private final Set<String> blockingKinds = new HashSet<>();
  private final Map<String, Message> open = new HashMap<>();
  private final Map<String, Integer> openBursts = new HashMap<>();
  private HostilePlatform platform;
  private HostilePublisher publisher;
  private Answers answers;

  HostileRun(Path folder, long seed) throws IOException, InterruptedException, ExecutionException {
    this.folder = folder;
    this.seed = seed;
    this.platform = HostilePlatform.start(folder);
    this.publisher = new HostilePublisher(platform.bootstrapServers());
    this.answers = new Answers(platform.bootstrapServers());
  }

  HostileTotals totals() {
    return totals;
  }

  /** Sends a burst, unless its kind has blocked the worker before, and waits for the neighbours. */
  void send(Burst burst) throws IOException, InterruptedException, ExecutionException {
    if (blockingKinds.contains(burst.kind())) {
      return;
    }
    Map<Future<RecordMetadata>, Message> sent = new HashMap<>();
    HostileCluster cluster = platform.cluster(new Random(seed + burst.number()));
    for (HostileInput input : burst.inputs()) {
      switch (input) {
        case Message message -> sent.put(publisher.send(message), message);
        case ClusterChange change -> totals.sent(cluster.attempt(change) ? 1 : 0);
      }
    }
    for (var entry : sent.entrySet()) {
      HostilePublisher.position(entry.getKey())
          .ifPresent(position -> {
            totals.sent(1);
            open.put(position, entry.getValue());
            openBursts.put(position, burst.number());
          });
    }
    awaitNeighbours(burst);
    platform.peakMib();
  }

  private void awaitNeighbours(Burst burst)
      throws IOException, InterruptedException, ExecutionException {
    List<String> jobs = askForNeighbours(burst);
    long began = System.nanoTime();
    BooleanSupplier done =
        () ->
            jobs.stream().allMatch(answers::hasResult)
                && jobs.stream().allMatch(platform::showsSuccess);
    if (pollUntil(done, STALL)) {
      return;
    }
    boolean restarted = platform.restartDeadWorker();
    boolean recovered = pollUntil(done, BLOCKED);
    if (!recovered) {
      restarted |= platform.restartDeadWorker();
      recovered = pollUntil(done, BLOCKED);
    }
    totals.stall(
        "burst %d (%s): neighbours waited %s%s%s; repeat with: ./firesteel bench hostile 0 %d %d"
            .formatted(
                burst.number(),
                burst.kind(),
                recovered
                    ? Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s"
                    : "without end",
                jobs.stream().allMatch(answers::hasResult) ? " for the status by HTTP" : "",
                restarted ? ", the worker had to be restarted" : "",
                seed,
                burst.number()));
    if (!recovered) {
      blockingKinds.add(burst.kind());
      replacePlatform();
    }
  }

  /** A request of each neighbour, and the arrival of an object. */
  private List<String> askForNeighbours(Burst burst) throws InterruptedException {
    List<String> jobs = new ArrayList<>();
    String plan = SimulatedJobPublisher.plan(20, 0);
    String id = "n-" + burst.number();
    for (String neighbour : platform.neighbours()) {
      String request = SimulatedJobPublisher.request(neighbour, id, plan).toString();
      publisher.send(Message.request("", "spark-job-requests", request.getBytes(UTF_8)));
      jobs.add(neighbour + "/" + id);
    }
    byte[] arrival = BlobInputs.arrival("neighbour", "in/" + burst.number(), "1");
    Message notification = Message.request("a neighbour's object", "spark-blob-events", arrival);
    HostilePublisher.position(publisher.send(notification))
        .ifPresent(position -> {
          open.put(position, notification);
          openBursts.put(position, burst.number());
        });
    return jobs;
  }

  private boolean pollUntil(BooleanSupplier done, Duration within) {
    long giveUp = System.nanoTime() + within.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        return false;
      }
      answers.poll();
      open.entrySet().removeIf(entry -> answers.has(entry.getKey(), entry.getValue().answer()));
    }
    return true;
  }

  /** Counts what the platform has answered, and the messages that it has not. */
  private void finishPlatform() {
    pollUntil(
        () -> {
          open.entrySet().removeIf(entry -> answers.has(entry.getKey(), entry.getValue().answer()));
          return open.isEmpty();
        },
        LAST_ANSWERS);
    open.forEach((position, message) ->
        totals.unanswered(
            "burst %d: %s, %s: no answer; repeat with: ./firesteel bench hostile 0 %d %d"
                .formatted(
                    openBursts.get(position),
                    position,
                    message.note(),
                    seed,
                    openBursts.get(position))));
    totals.add(answers, platform);
  }

  private void replacePlatform() throws IOException, InterruptedException, ExecutionException {
    // What a blocked platform leaves open is not the fault of each of these messages.
    open.clear();
    finishPlatform();
    closePlatform();
    platform = HostilePlatform.start(folder);
    publisher = new HostilePublisher(platform.bootstrapServers());
    answers = new Answers(platform.bootstrapServers());
  }

  private void closePlatform() {
    answers.close();
    publisher.close();
    platform.close();
  }

  /** Waits for the last answers and stops the platform. */
  @Override
  public void close() {
    finishPlatform();
    closePlatform();
  }
}
