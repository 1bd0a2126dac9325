package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.cluster.log.FailureCause;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.cluster.reconcile.PodView.ContainerWaiting;
import io.firesteel.cluster.reconcile.PodView.DisruptionTarget;
import io.firesteel.cluster.reconcile.PodView.Unscheduled;
import io.firesteel.cluster.reconcile.PodViewBuilder;
import io.firesteel.driver.StartupProbe;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link PodView} from a pod. Never throws because of labels or annotations, which anyone
 * may write. They only select candidates: a driver pod has the name that follows from its attempt,
 * and {@link DriverState} checks its namespace.
 */
public final class PodReader {

  /** Spark's name of the driver's container ({@code Constants.DEFAULT_DRIVER_CONTAINER_NAME}). */
  public static final String DRIVER_CONTAINER = "spark-kubernetes-driver";

  /** Annotation in which Spark 4.1 notes the exception that ended a driver. */
  static final String EXIT_EXCEPTION = "spark.exit-exception";

  /** Annotation by Firesteel: the seconds for which an ended pod is kept. */
  static final String KEEP_SECONDS = "firesteel.io/keep-seconds";

  /** Annotation by which a driver asks for reports about each of its executors. */
  static final String EXECUTOR_EVENTS = "firesteel.io/executor-events";

  private static final Set<String> SPARK_CONTAINERS =
      Set.of(DRIVER_CONTAINER, "spark-kubernetes-executor");
  private static final int MAX_TEXT_LENGTH = 2000;

  /** The outputs of a driver are valid only as a whole, and the kubelet keeps 4,096 bytes. */
  private static final int MAX_OUTPUTS_LENGTH = 4096;

  /** A tenant may write any number into the annotation. */
  private static final Duration MAX_KEEP = Duration.ofDays(365);

  private PodReader() {}

  /** Reads a pod that the watch reports; empty if it lacks Firesteel's labels. */
  public static Optional<PodView> read(Pod pod) {
    return attemptOf(pod.getMetadata()).map(attempt -> read(pod, attempt, true));
  }

  /** Reads the driver pod of an attempt, whatever its labels and annotations are. */
  static PodView readDriver(Pod pod, Attempt attempt, int partition) {
    String label = orEmpty(pod.getMetadata().getLabels()).get(PodLabels.PARTITION);
    boolean ofAttempt = attemptOf(pod.getMetadata()).equals(Optional.of(attempt));
    return read(pod, attempt, ofAttempt && Integer.toString(partition).equals(label));
  }

  /** The attempt that an object claims to belong to. */
  public static Optional<Attempt> attemptOf(ObjectMeta meta) {
    String job = orEmpty(meta.getAnnotations()).get(PodLabels.JOB_KEY);
    Map<String, String> labels = orEmpty(meta.getLabels());
    String generation = labels.get(PodLabels.GENERATION);
    String number = labels.get(PodLabels.ATTEMPT);
    boolean managed = PodLabels.FIRESTEEL.equals(labels.get(PodLabels.MANAGED_BY));
    if (!managed || job == null || generation == null || number == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Attempt(JobKey.parse(job), Long.parseLong(generation), Integer.parseInt(number)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static PodView read(Pod pod, Attempt attempt, boolean watched) {
    ObjectMeta meta = pod.getMetadata();
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    boolean driver = DriverNames.of(attempt).pod().equals(meta.getName());
    Instant created = time(meta.getCreationTimestamp());
    return PodViewBuilder.builder()
        .attempt(attempt)
        .isDriver(driver)
        .namespace(meta.getNamespace())
        .name(meta.getName())
        .uid(meta.getUid())
        .driverUid(driver ? meta.getUid() : ownerOf(meta))
        .resourceVersion(Long.parseLong(meta.getResourceVersion()))
        .watched(watched)
        .installation(driver ? orEmpty(meta.getLabels()).get(PodLabels.INSTALLATION) : null)
        .phase(status.getPhase() == null ? "Pending" : status.getPhase())
        .reason(status.getReason())
        .message(status.getMessage())
        .node(pod.getSpec() == null ? null : pod.getSpec().getNodeName())
        .deletionTimestamp(time(meta.getDeletionTimestamp()))
        .created(created == null ? Instant.EPOCH : created)
        .lastTransition(lastTransition(status, created == null ? Instant.EPOCH : created))
        .keepFor(driver ? keepFor(meta) : null)
        .container(container(status))
        .readyAt(driver ? readyAt(pod, status) : null)
        .unscheduled(driver ? unscheduled(status) : null)
        .disruption(driver ? disruption(status) : null)
        .exitException(
            driver ? exitException(orEmpty(meta.getAnnotations()).get(EXIT_EXCEPTION)) : null)
        .memory(driver ? memoryLimit(pod) : null)
        .executorEvents(
            driver && "true".equals(orEmpty(meta.getAnnotations()).get(EXECUTOR_EVENTS)))
        .build();
  }

  /** The whole trace may be long, and its last cause tells most. */
  private static @Nullable String exitException(@Nullable String trace) {
    FailureCause cause = trace == null ? null : FailureCause.ofException(trace);
    return cause == null ? null : truncated(cause.text());
  }

  private static @Nullable String memoryLimit(Pod pod) {
    return driverContainer(pod).stream()
        .filter(container -> container.getResources() != null)
        .map(container -> orEmpty(container.getResources().getLimits()).get("memory"))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(Quantity::toString)
        .orElse(null);
  }

  private static Optional<io.fabric8.kubernetes.api.model.Container> driverContainer(Pod pod) {
    return pod.getSpec() == null
        ? Optional.empty()
        : orEmpty(pod.getSpec().getContainers()).stream()
            .filter(container -> DRIVER_CONTAINER.equals(container.getName()))
            .findFirst();
  }

  private static @Nullable Instant readyAt(Pod pod, PodStatus status) {
    PodCondition ready = condition(status, "Ready", "True");
    return ready != null && driverContainer(pod).filter(StartupProbe::isProbed).isPresent()
        ? time(ready.getLastTransitionTime())
        : null;
  }

  /** The only owner of an executor pod is its driver pod. */
  private static @Nullable String ownerOf(ObjectMeta meta) {
    return orEmpty(meta.getOwnerReferences()).stream()
        .filter(owner -> "Pod".equals(owner.getKind()))
        .findFirst()
        .map(OwnerReference::getUid)
        .orElse(null);
  }

  private static Instant lastTransition(PodStatus status, Instant created) {
    return orEmpty(status.getConditions()).stream()
        .map(condition -> time(condition.getLastTransitionTime()))
        .flatMap(Stream::ofNullable)
        .max(Instant::compareTo)
        .filter(changed -> changed.isAfter(created))
        .orElse(created);
  }

  private static @Nullable Duration keepFor(ObjectMeta meta) {
    String seconds = orEmpty(meta.getAnnotations()).get(KEEP_SECONDS);
    try {
      return seconds == null ? null : bounded(Long.parseLong(seconds));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, MAX_KEEP.toSeconds()));
  }

  private static @Nullable Container container(PodStatus status) {
    for (ContainerStatus init : orEmpty(status.getInitContainerStatuses())) {
      if (isBlocking(init)) {
        return container(init, init.getName());
      }
    }
    return orEmpty(status.getContainerStatuses()).stream()
        .filter(c -> SPARK_CONTAINERS.contains(c.getName()))
        .findFirst()
        .map(c -> container(c, null))
        .orElse(null);
  }

  /** Whether an init container failed, or waits for something other than its turn. */
  private static boolean isBlocking(ContainerStatus init) {
    ContainerState state = init.getState();
    if (state == null) {
      return false;
    }
    if (state.getTerminated() != null) {
      Integer code = state.getTerminated().getExitCode();
      return code != null && code != 0;
    }
    return state.getWaiting() != null && !"PodInitializing".equals(state.getWaiting().getReason());
  }

  private static Container container(ContainerStatus status, @Nullable String init) {
    ContainerState state = status.getState();
    if (state != null && state.getTerminated() != null) {
      var end = state.getTerminated();
      int code = end.getExitCode() == null ? 0 : end.getExitCode();
      var terminated =
          new ContainerTerminated(
              code,
              end.getReason(),
              truncated(end.getMessage(), code == 0 ? MAX_OUTPUTS_LENGTH : MAX_TEXT_LENGTH),
              time(end.getFinishedAt()));
      return new Container(init, null, null, terminated);
    }
    if (state != null && state.getRunning() != null) {
      return new Container(init, null, time(state.getRunning().getStartedAt()), null);
    }
    if (state != null && state.getWaiting() != null) {
      var waiting = state.getWaiting();
      String reason = waiting.getReason() == null ? "Waiting" : waiting.getReason();
      return new Container(
          init, new ContainerWaiting(reason, truncated(waiting.getMessage())), null, null);
    }
    return new Container(init, new ContainerWaiting("ContainerCreating", null), null, null);
  }

  private static @Nullable Unscheduled unscheduled(PodStatus status) {
    PodCondition condition = condition(status, "PodScheduled", "False");
    if (condition == null) {
      return null;
    }
    String reason = condition.getReason() == null ? "Unschedulable" : condition.getReason();
    return new Unscheduled(
        reason, truncated(condition.getMessage()), time(condition.getLastTransitionTime()));
  }

  private static @Nullable DisruptionTarget disruption(PodStatus status) {
    PodCondition condition = condition(status, "DisruptionTarget", "True");
    if (condition == null) {
      return null;
    }
    String reason = condition.getReason() == null ? "DisruptionTarget" : condition.getReason();
    return new DisruptionTarget(reason, truncated(condition.getMessage()));
  }

  private static @Nullable PodCondition condition(PodStatus status, String type, String value) {
    return orEmpty(status.getConditions()).stream()
        .filter(c -> type.equals(c.getType()) && value.equals(c.getStatus()))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String truncated(@Nullable String text) {
    return truncated(text, MAX_TEXT_LENGTH);
  }

  private static @Nullable String truncated(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : map;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
