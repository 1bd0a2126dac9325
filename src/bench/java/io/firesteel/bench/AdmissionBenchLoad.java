package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.Placement;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.TenantLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Messages of ordinary jobs of about 1.5 kB: one cohort, tenants by number. */
final class AdmissionBenchLoad {

  static final String COHORT = "bench";

  private static final JsonNode SPEC = spec();

  private AdmissionBenchLoad() {}

  static InboxMessage tenant(String tenant, int maxConcurrency) {
    return new InboxMessage.TenantDefined(
        new TenantLimits(
            tenant, COHORT, maxConcurrency, TenantLimits.UNLIMITED, 1, TenantLimits.UNLIMITED));
  }

  static InboxMessage submitted(JobKey key, Instant now) {
    Origin origin = new Origin("/bench", key.id(), now, "order-" + key.id(), null, null, null);
    return new InboxMessage.JobSubmitted(
        new Job(
            key,
            COHORT,
            origin,
            new Placement("bench", "spark", null),
            key.id().hashCode() % 3,
            null,
            new Deadlines(null, Duration.ofMinutes(10), Duration.ofHours(1), null),
            List.of(),
            new RetryPolicy(
                RetryPolicy.RetryType.ON_FAILURE,
                2,
                Duration.ofSeconds(10),
                2,
                Duration.ofSeconds(10)),
            Map.of("team", "bench", "app", "daily"),
            SPEC,
            null,
            null,
            List.of()));
  }

  /** What the cluster side tells of an ordinary driver, start to end. */
  static List<InboxMessage> driverObservations(Attempt attempt, Instant now) {
    JobKey key = attempt.job();
    return List.of(
        new InboxMessage.Observed(
            new Observation.Created(
                attempt, now, "bench", key.id() + "-1-driver", "uid-" + key.id(), "spark")),
        new InboxMessage.Observed(new Observation.Pending(attempt, now, "Scheduled", null)),
        new InboxMessage.Observed(new Observation.Started(attempt, now, "node-1")),
        new InboxMessage.Observed(new Observation.Finished(attempt, now, null)));
  }

  private static JsonNode spec() {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.put("type", "Java").put("mode", "cluster").put("sparkVersion", "4.1.1");
    spec.put("image", "registry.example/spark:4.1.1");
    spec.put("mainClass", "org.example.daily.Report");
    spec.put("mainApplicationFile", "local:///opt/app/report.jar");
    ObjectNode conf = spec.putObject("sparkConf");
    for (int i = 0; i < 12; i++) {
      conf.put("spark.some.setting.number." + i, "a value of ordinary length " + i);
    }
    spec.putObject("driver").put("cores", 1).put("memory", "1g").put("serviceAccount", "spark");
    spec.putObject("executor").put("cores", 2).put("instances", 4).put("memory", "4g");
    return spec;
  }
}
