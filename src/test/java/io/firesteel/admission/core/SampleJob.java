package io.firesteel.admission.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import io.firesteel.job.Placement;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.TenantLimits;
import io.firesteel.job.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs and limits whose details do not matter, and ways to change the one that does. */
public record SampleJob(
    JobKey key,
    String cohort,
    int priority,
    @Nullable Instant notBefore,
    Deadlines deadlines,
    List<Dependency> dependsOn,
    RetryPolicy retry,
    @Nullable ObjectVersion version,
    List<Warning> warnings,
    @Nullable String trigger,
    @Nullable RecordPosition record) {

  public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  /** Jobs of one tenant, {@code job("blue", "1")} and so on. */
  public static final JobKey ONE = new JobKey("blue", "1");

  public static final JobKey TWO = new JobKey("blue", "2");
  static final JobKey THREE = new JobKey("blue", "3");

  public static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

  private static final JsonNode SPEC =
      JsonNodeFactory.instance.objectNode().put("mainClass", "org.example.Main");

  public static SampleJob job(String tenant, String id) {
    return new SampleJob(
        new JobKey(tenant, id),
        tenant,
        0,
        null,
        Deadlines.NONE,
        List.of(),
        RetryPolicy.NEVER,
        null,
        List.of(),
        null,
        null);
  }

  public static Failure failure(FailureCategory category) {
    return Failure.of(category, "Reason", "It went wrong");
  }

  public static Origin origin(String id) {
    return origin(id, null);
  }

  public static Origin origin(String id, @Nullable RecordPosition record) {
    return new Origin("/tests", id, START, "order-7", TRACEPARENT, SPEC, record);
  }

  /** The position of a request in the topic of requests. */
  public static RecordPosition at(long offset) {
    return new RecordPosition("spark-job-requests", 0, offset);
  }

  public static TenantLimits limits(String tenant, int maxConcurrency) {
    return limits(tenant, tenant, maxConcurrency, 1, TenantLimits.UNLIMITED);
  }

  public static TenantLimits limits(
      String tenant, String cohort, int maxConcurrency, int weight, int cohortMax) {
    return new TenantLimits(
        tenant, cohort, maxConcurrency, TenantLimits.UNLIMITED, weight, cohortMax);
  }

  public static RetryPolicy onFailure(int retries, Duration interval) {
    return new RetryPolicy(RetryPolicy.RetryType.ON_FAILURE, retries, interval, retries, interval);
  }

  public SampleJob cohort(String cohort) {
    return new SampleJob(
        key, cohort, priority, notBefore, deadlines, dependsOn, retry, version, warnings, trigger,
        record);
  }

  SampleJob priority(int priority) {
    return new SampleJob(
        key, cohort, priority, notBefore, deadlines, dependsOn, retry, version, warnings, trigger,
        record);
  }

  public SampleJob notBefore(Instant notBefore) {
    return new SampleJob(
        key, cohort, priority, notBefore, deadlines, dependsOn, retry, version, warnings, trigger,
        record);
  }

  public SampleJob deadlines(Deadlines deadlines) {
    return new SampleJob(
        key, cohort, priority, notBefore, deadlines, dependsOn, retry, version, warnings, trigger,
        record);
  }

  public SampleJob after(String id, Dependency.Condition condition) {
    return new SampleJob(
        key,
        cohort,
        priority,
        notBefore,
        deadlines,
        List.of(new Dependency(id, condition)),
        retry,
        version,
        warnings,
        trigger,
        record);
  }

  public SampleJob retry(RetryPolicy retry) {
    return new SampleJob(
        key, cohort, priority, notBefore, deadlines, dependsOn, retry, version, warnings, trigger,
        record);
  }

  /** For a writing of an object. */
  public SampleJob version(String object, String order) {
    return new SampleJob(
        key,
        cohort,
        priority,
        notBefore,
        deadlines,
        dependsOn,
        retry,
        new ObjectVersion(object, order),
        warnings,
        trigger,
        record);
  }

  public SampleJob warnings(Warning... warnings) {
    return new SampleJob(
        key,
        cohort,
        priority,
        notBefore,
        deadlines,
        dependsOn,
        retry,
        version,
        List.of(warnings),
        trigger,
        record);
  }

  /** Requested by the record at this offset. */
  public SampleJob published(long offset) {
    return new SampleJob(
        key,
        cohort,
        priority,
        notBefore,
        deadlines,
        dependsOn,
        retry,
        version,
        warnings,
        trigger,
        at(offset));
  }

  /** Requested by a trigger. */
  SampleJob triggered() {
    return new SampleJob(
        key, cohort, priority, notBefore, deadlines, dependsOn, retry, version, warnings, "trigger",
        record);
  }

  Job build() {
    return new Job(
        key,
        cohort,
        origin(key.id(), record),
        new Placement("ns-" + key.tenant(), "spark"),
        priority,
        notBefore,
        deadlines,
        dependsOn,
        retry,
        Map.of("team", key.tenant()),
        SPEC,
        trigger,
        version,
        warnings);
  }

  public InboxMessage submitted() {
    return new InboxMessage.JobSubmitted(build());
  }
}
