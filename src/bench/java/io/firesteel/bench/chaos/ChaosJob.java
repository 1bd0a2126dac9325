package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.job.JobKey;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One job, and what must come of it however often workers die.
 *
 * @param plan the plan of its simulated pods
 * @param retries after a failure; each of its attempts fails alike
 * @param cancelled whether its end is asked for, sooner or later
 * @param deletedWhenFinished whether its pod goes at once when it is over
 * @param refusedFirst whether a first request with its id is invalid
 * @param outcomes that are right
 * @param drivers how many it must have had, or at most if it is cancelled
 */
record ChaosJob(
    JobKey key,
    String plan,
    int retries,
    boolean cancelled,
    boolean deletedWhenFinished,
    boolean refusedFirst,
    Set<String> outcomes,
    int drivers) {

  private static final int REFUSED_ONE_OF = 20;
  private static final long LONGER_THAN_ANY_RUN = 3_600_000;

  /** Most end well; the rest fail, fail again and again, or are cancelled. */
  static ChaosJob random(Random random, String tenant, int number) {
    JobKey key = new JobKey(tenant, "job-" + number);
    boolean briefly = random.nextInt(4) == 0;
    boolean refused = random.nextInt(REFUSED_ONE_OF) == 0;
    long millis = random.nextInt(1200);
    String fails = SimulatedJobPublisher.plan(millis, 1);
    return switch (random.nextInt(10)) {
      case 0 -> new ChaosJob(key, fails, 0, false, briefly, refused, Set.of("FAILED"), 1);
      case 1 -> new ChaosJob(key, fails, 2, false, briefly, refused, Set.of("FAILED"), 3);
      case 2 -> {
        String endless = SimulatedJobPublisher.plan(LONGER_THAN_ANY_RUN, 0);
        yield new ChaosJob(key, endless, 0, true, briefly, false, Set.of("CANCELLED"), 1);
      }
      case 3 -> {
        Set<String> either = Set.of("CANCELLED", "SUCCEEDED");
        String succeeds = SimulatedJobPublisher.plan(millis, 0);
        yield new ChaosJob(key, succeeds, 0, true, briefly, false, either, 1);
      }
      default -> {
        String succeeds = SimulatedJobPublisher.plan(millis, 0);
        yield new ChaosJob(key, succeeds, 0, false, briefly, refused, Set.of("SUCCEEDED"), 1);
      }
    };
  }

  /** One that ends well. */
  static ChaosJob succeeding(String tenant, int number, long millis) {
    JobKey key = new JobKey(tenant, "job-" + number);
    String plan = SimulatedJobPublisher.plan(millis, 0);
    return new ChaosJob(key, plan, 0, false, false, false, Set.of("SUCCEEDED"), 1);
  }

  ObjectNode request() {
    ObjectNode request = SimulatedJobPublisher.request(key.tenant(), key.id(), plan);
    ObjectNode spec = (ObjectNode) request.get("spec");
    if (retries > 0) {
      spec.putObject("restartPolicy")
          .put("type", "OnFailure")
          .put("onFailureRetries", retries)
          .put("onFailureRetryInterval", 1);
    }
    if (deletedWhenFinished) {
      spec.put("timeToLiveSeconds", 0);
    }
    return request;
  }

  /** An invalid request with the same id. */
  ObjectNode refusedRequest() {
    ObjectNode request = request();
    ((ObjectNode) request.get("spec")).put("mode", "client");
    return request;
  }

  /** Whether a result is one that its pods lead to. */
  boolean allows(JsonNode result) {
    return outcomes.contains(result.path("outcome").asText());
  }

  /** Whether a number of drivers is more than it may have had. */
  boolean tooMany(int count) {
    return count > drivers;
  }

  /** Whether it cannot have had its whole run. */
  boolean tooFew(int count) {
    return !cancelled && count < drivers;
  }

  /** All of them, drawn from one seed. */
  static List<ChaosJob> random(Random random, List<String> tenants, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> random(random, tenants.get(random.nextInt(tenants.size())), number))
        .toList();
  }
}
