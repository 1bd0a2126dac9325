package io.firesteel.local.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.acceptance.PlannedJob.Interference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The jobs of an acceptance run. They need nothing in the image but Spark and its estimate of Pi;
 * the {@link ProbeJar} comes by a Secret.
 */
final class JobPlan {

  /** The tenant whose jobs run Spark, and that whose jobs mostly fail before that. */
  static final String SPARK = "spark";

  static final String FAULTS = "faults";

  /** A tenant whose namespace does not exist. */
  static final String HOMELESS = "homeless";

  /** A Secret in the namespaces of both tenants, with the probe's jar and a number. */
  static final String SECRET = "acceptance";

  static final String SECRET_KEY = "slices";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkImage image;
  private final JobRequests requests;
  private final String run;
  private final Instant now;
  private final List<PlannedJob> jobs = new ArrayList<>();

  private JobPlan(SparkImage image, String run, Instant now) {
    this.image = image;
    this.requests = new JobRequests(image);
    this.run = run;
    this.now = now;
  }

  /**
   * The plan.
   *
   * @param run makes the ids unique
   */
  static List<PlannedJob> of(SparkImage image, String run, Instant now) {
    var plan = new JobPlan(image, run, now);
    plan.deadlines();
    plan.interference();
    plan.badPods();
    plan.rejectedPods();
    plan.successes();
    plan.badApplications();
    plan.missingFiles();
    plan.retriesAndDependencies();
    plan.refusals();
    return List.copyOf(plan.jobs);
  }

  private void successes() {
    add("java", SPARK, requests.pi("2"), 2, Interference.NONE, new PlannedEnd.Succeeds());
    image.python().ifPresent(file -> succeeds("python", requests.python(file)));
    ObjectNode env = requests.pi("$(SLICES)");
    env.withObject("/spec/driver/envSecretKeyRefs/SLICES")
        .put("name", SECRET)
        .put("key", SECRET_KEY);
    succeeds("secret-in-env", env);
    succeeds("secret-in-volume", requests.probe("0"));
    ObjectNode dynamic = requests.pi("4");
    dynamic
        .withObject("/spec/dynamicAllocation")
        .put("enabled", true)
        .put("initialExecutors", 1)
        .put("minExecutors", 1)
        .put("maxExecutors", 2);
    dynamic.withObject("/spec/executor").remove("instances");
    succeeds("dynamic-allocation", dynamic);
  }

  private void badApplications() {
    fails(
        "exception-in-main",
        SPARK,
        requests.pi("many"),
        new PlannedEnd.Fails("FAILED", "APPLICATION", Set.of("Error"), 1, "NumberFormatException"));
    fails(
        "exit-code",
        SPARK,
        requests.probe("42"),
        new PlannedEnd.Fails("FAILED", "APPLICATION", Set.of("Error"), 1, "exit code 42"));
    fails(
        "out-of-heap",
        SPARK,
        requests.probe(ProbeJar.FILL),
        PlannedEnd.fails("OUT_OF_MEMORY", "OutOfMemoryError"));
    ObjectNode memory = requests.pi("2");
    memory
        .withObject("/spec/driver")
        .put("javaOptions", "-Xms512m -XX:+AlwaysPreTouch")
        .put("memoryOverhead", "1m");
    fails("out-of-memory", SPARK, memory, PlannedEnd.fails("OUT_OF_MEMORY", "OOMKilled"));
  }

  private void missingFiles() {
    ObjectNode noClass = requests.pi("2");
    noClass.withObject("/spec").put("mainClass", "com.example.Nope");
    fails(
        "missing-class",
        SPARK,
        noClass,
        new PlannedEnd.Fails("FAILED", "APPLICATION", Set.of("Error"), 1, "com.example.Nope"));
    ObjectNode noFile = requests.pi("2");
    noFile
        .withObject("/spec")
        .put("mainApplicationFile", "local://" + SparkImage.EXAMPLES + "nope.jar");
    fails("missing-file", SPARK, noFile, PlannedEnd.fails("APPLICATION", "Error"));
  }

  private void retriesAndDependencies() {
    ObjectNode retried = requests.probe("42");
    retried
        .withObject("/spec/restartPolicy")
        .put("type", "OnFailure")
        .put("onFailureRetries", 1)
        .put("onFailureRetryInterval", 3);
    fails(
        "retried",
        SPARK,
        retried,
        new PlannedEnd.Fails("FAILED", "APPLICATION", Set.of("Error"), 2, "exit code 42"));
    ObjectNode dependent = requests.pi("2");
    dependent.putArray("dependsOn").add(id("exit-code"));
    fails(
        "dependency",
        SPARK,
        dependent,
        new PlannedEnd.Fails("FAILED", "DEPENDENCY", Set.of("DependencyNotFulfilled"), 0, ""));
  }

  private void badPods() {
    ObjectNode image = requests.pi("2");
    image.withObject("/spec").put("image", "registry.invalid/firesteel/none:1");
    fails(
        "missing-image",
        FAULTS,
        image,
        PlannedEnd.fails("IMAGE", "ErrImagePull", "ImagePullBackOff"));
    ObjectNode secret = requests.pi("2");
    secret.withObject("/spec/driver/envSecretKeyRefs/X").put("name", "none").put("key", "none");
    fails(
        "missing-secret",
        FAULTS,
        secret,
        PlannedEnd.fails("CONFIGURATION", "CreateContainerConfigError"));
    ObjectNode init = requests.pi("2");
    ObjectNode container =
        init.withArray("/spec/driver/initContainers")
            .addObject()
            .put("name", "prepare")
            .put("image", this.image.name());
    container.putArray("command").add("sh").add("-c").add("exit 7");
    fails(
        "init-container",
        FAULTS,
        init,
        new PlannedEnd.Fails("FAILED", "APPLICATION", Set.of("Error"), 1, "7"));
    fails(
        "unschedulable",
        FAULTS,
        requests.unschedulable(),
        PlannedEnd.fails("CAPACITY", "Unschedulable"));
  }

  private void rejectedPods() {
    ObjectNode quota = requests.pi("2");
    quota.withObject("/spec/driver").put("coreRequest", "12");
    fails("quota", FAULTS, quota, PlannedEnd.fails("CAPACITY", "QuotaExceeded"));
    ObjectNode range = requests.pi("2");
    range.withObject("/spec/driver").put("coreLimit", "32");
    fails("limit-range", FAULTS, range, PlannedEnd.fails("CONFIGURATION", "LimitRange"));
    ObjectNode account = requests.pi("2");
    account.withObject("/spec/driver").put("serviceAccount", "nobody");
    fails(
        "missing-service-account", FAULTS, account, PlannedEnd.fails("CONFIGURATION", "Forbidden"));
    ObjectNode network = requests.pi("2");
    network.withObject("/spec/driver").put("hostNetwork", true);
    fails("pod-security", FAULTS, network, PlannedEnd.fails("CONFIGURATION", "Forbidden"));
    // With Kubernetes' own roles the worker has no rights in a namespace that does not exist.
    fails(
        "missing-namespace",
        HOMELESS,
        requests.pi("2"),
        PlannedEnd.fails("CONFIGURATION", "NotFound", "Forbidden"));
  }

  private void deadlines() {
    ObjectNode start = requests.unschedulable();
    start.withObject("/deadline").put("startWithin", "10s");
    fails("start-deadline", FAULTS, start, PlannedEnd.fails("DEADLINE", "StartWithinExceeded"));
    ObjectNode running = requests.waiting();
    running.withObject("/deadline").put("runWithin", "10s");
    fails("run-deadline", FAULTS, running, PlannedEnd.fails("DEADLINE", "RunWithinExceeded"));
    ObjectNode late = requests.pi("2");
    late.put("notBefore", time(Duration.ofHours(1)));
    late.withObject("/deadline").put("startBy", time(Duration.ofSeconds(5)));
    fails(
        "expired",
        FAULTS,
        late,
        new PlannedEnd.Fails("EXPIRED", "DEADLINE", Set.of("StartByPassed"), 0, ""));
  }

  private String time(Duration later) {
    return now.plus(later).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void interference() {
    add(
        "cancelled",
        FAULTS,
        requests.waiting(),
        1,
        Interference.CANCEL,
        new PlannedEnd.Fails("CANCELLED", "REQUEST", Set.of("Cancelled"), 1, ""));
    add(
        "deleted-by-hand",
        FAULTS,
        requests.waiting(),
        1,
        Interference.DELETE_POD,
        // Lost if no worker watched at that moment.
        PlannedEnd.fails("INFRASTRUCTURE", "DriverDeleted", "DriverLost"));
    add(
        "evicted",
        FAULTS,
        requests.waiting(),
        1,
        Interference.EVICT_POD,
        PlannedEnd.fails("INFRASTRUCTURE", "EvictionByEvictionAPI"));
  }

  private void refusals() {
    refused("unknown-tenant", "stranger", requests.pi("2"), "TenantUnknown");
    ObjectNode spec = requests.pi("2");
    spec.withObject("/spec").put("type", "Jave");
    refused("bad-spec", SPARK, spec, "SpecInvalid");
    ObjectNode policy = requests.pi("2");
    policy
        .withArray("/spec/volumes")
        .addObject()
        .put("name", "node")
        .withObject("/hostPath")
        .put("path", "/etc");
    refused("policy", SPARK, policy, "PolicyDenied");
    ObjectNode template = JSON.createObjectNode().put("template", "none");
    refused("unknown-template", SPARK, template, "TemplateUnknown");
    jobs.add(
        new PlannedJob(
            "unreadable",
            SPARK,
            id("unreadable"),
            "{\"tenant\": \"",
            1,
            Interference.NONE,
            new PlannedEnd.IsDeadLetter("MESSAGE_UNREADABLE")));
  }

  private void succeeds(String name, ObjectNode request) {
    add(name, SPARK, request, 1, Interference.NONE, new PlannedEnd.Succeeds());
  }

  private void fails(String name, String tenant, ObjectNode request, PlannedEnd end) {
    add(name, tenant, request, 1, Interference.NONE, end);
  }

  private void refused(String name, String tenant, ObjectNode request, String reason) {
    add(name, tenant, request, 1, Interference.NONE, new PlannedEnd.IsRefused(reason));
  }

  private void add(
      String name,
      String tenant,
      ObjectNode request,
      int copies,
      Interference whenRunning,
      PlannedEnd end) {
    request.put("tenant", tenant).put("jobId", id(name));
    jobs.add(new PlannedJob(name, tenant, id(name), request.toString(), copies, whenRunning, end));
  }

  private String id(String name) {
    return name + "-" + run;
  }
}
