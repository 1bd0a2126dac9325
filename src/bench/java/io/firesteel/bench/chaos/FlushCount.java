package io.firesteel.bench.chaos;

import io.firesteel.local.WorkerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many memtables RocksDB flushed in the workers, as their metrics say. What a worker flushed
 * between the last look and its end is missing. Thread-safe.
 */
final class FlushCount {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Pattern METRIC =
      Pattern.compile("(?m)^firesteel_rocksdb_flushes_total\\S* ([0-9.E]+)$");

  private final Map<WorkerProcess, Long> counts = new ConcurrentHashMap<>();

  /** Counts a worker too. */
  void add(WorkerProcess worker) {
    counts.put(worker, 0L);
  }

  /** Looks until told to stop. */
  Void watch(BooleanSupplier stop) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!stop.getAsBoolean()) {
        for (WorkerProcess worker : counts.keySet()) {
          if (worker.isAlive()) {
            look(client, worker);
          }
        }
        Thread.sleep(POLL_INTERVAL);
      }
    }
    return null;
  }

  private void look(HttpClient client, WorkerProcess worker) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(worker.http().resolve("/q/metrics")).timeout(POLL_INTERVAL).build();
    try {
      String metrics = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher found = METRIC.matcher(metrics);
      if (found.find()) {
        counts.put(worker, (long) Double.parseDouble(found.group(1)));
      }
    } catch (IOException _) {
      // It starts, is frozen, or was killed; the next look may succeed.
    }
  }

  /** The sum over all workers. */
  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
