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
import io.firesteel.job.Requester;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.TenantLimits;
import io.firesteel.job.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs and limits whose details do not matter, and ways to set the one that does. */
public final class SampleJob {

  public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  /** Jobs of one tenant, {@code job("blue", "1")} and so on. */
  public static final JobKey ONE = new JobKey("blue", "1");

  public static final JobKey TWO = new JobKey("blue", "2");
  static final JobKey THREE = new JobKey("blue", "3");

  public static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

  private static final JsonNode SPEC =
      JsonNodeFactory.instance.objectNode().put("mainClass", "org.example.Main");

  private final JobKey key;
  private String cohort;
  private int priority;
  private @Nullable Instant notBefore;
  private Deadlines deadlines = Deadlines.NONE;
  private List<Dependency> dependsOn = List.of();
  private RetryPolicy retry = RetryPolicy.NEVER;
  private @Nullable ObjectVersion version;
  private List<Warning> warnings = List.of();
  private @Nullable String trigger;
  private @Nullable Requester requester;
  private @Nullable RecordPosition record;

  private SampleJob(JobKey key) {
    this.key = key;
    this.cohort = key.tenant();
  }

  public static SampleJob job(String tenant, String id) {
    return new SampleJob(new JobKey(tenant, id));
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

  public JobKey key() {
    return key;
  }

  String cohort() {
    return cohort;
  }

  @Nullable ObjectVersion version() {
    return version;
  }

  public SampleJob cohort(String name) {
    this.cohort = name;
    return this;
  }

  public SampleJob priority(int number) {
    this.priority = number;
    return this;
  }

  public SampleJob notBefore(Instant at) {
    this.notBefore = at;
    return this;
  }

  public SampleJob deadlines(Deadlines given) {
    this.deadlines = given;
    return this;
  }

  public SampleJob after(String id, Dependency.Condition condition) {
    this.dependsOn = List.of(new Dependency(id, condition));
    return this;
  }

  public SampleJob retry(RetryPolicy policy) {
    this.retry = policy;
    return this;
  }

  /** For a version of an object. */
  public SampleJob version(String object, String order) {
    this.version = new ObjectVersion(object, order);
    return this;
  }

  public SampleJob warnings(Warning... given) {
    this.warnings = List.of(given);
    return this;
  }

  /** Requested by the record at this offset. */
  public SampleJob published(long offset) {
    return published(at(offset));
  }

  /** Requested by this record. */
  SampleJob published(RecordPosition position) {
    this.record = position;
    return this;
  }

  /** Requested by a trigger. */
  public SampleJob triggered() {
    this.trigger = "trigger";
    return this;
  }

  /** Requested by a schedule. */
  public SampleJob scheduled() {
    this.requester = new Requester.ScheduledRun("nightly", START);
    return this;
  }

  Job build() {
    Origin from = origin(key.id(), record);
    return new Job(
        key,
        cohort,
        new Origin(
            from.source(),
            from.id(),
            from.receivedAt(),
            from.correlationId(),
            from.traceparent(),
            from.correlation(),
            from.record(),
            requester,
            from.principal()),
        new Placement("ns-" + key.tenant(), "spark", null),
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
