package io.firesteel.cluster.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.cluster.reconcile.PodView.ContainerWaiting;
import io.firesteel.cluster.reconcile.PodView.DisruptionTarget;
import io.firesteel.cluster.reconcile.PodView.Unscheduled;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Drivers and pods for tests. */
public final class SamplePods {

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final String INSTALLATION = "0f1e2d3c4b";
  public static final Attempt FIRST = new Attempt(new JobKey("acme", "daily"), 7, 1);

  /** The driver pod of {@link #FIRST} without a node, with an empty status. */
  private static final PodView DRIVER =
      new PodView(
          FIRST,
          true,
          "acme-jobs",
          driverPodName(),
          "uid-1",
          "uid-1",
          0,
          true,
          INSTALLATION,
          "Pending",
          null,
          null,
          null,
          null,
          NOON,
          NOON,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          false);

  private SamplePods() {}

  public static DesiredDriver desired(Attempt attempt) {
    return new DesiredDriver(
        attempt,
        "acme",
        new Placement("acme-jobs", "spark", null),
        null,
        false,
        Map.of(),
        null,
        JsonNodeFactory.instance.objectNode());
  }

  static PodView pending(long version) {
    return pod(version, "Pending", _ -> {});
  }

  static PodView waiting(long version, String reason, String message) {
    ContainerWaiting waiting = new ContainerWaiting(reason, message);
    return pod(version, "Pending", pod -> pod.container(new Container(null, waiting, null, null)));
  }

  static PodView running(long version) {
    return pod(version, "Running", pod -> pod.container(new Container(null, null, NOON, null)));
  }

  static PodView ended(long version, int exitCode, @Nullable String reason) {
    ContainerTerminated end = new ContainerTerminated(exitCode, reason, null, NOON.plusSeconds(60));
    return pod(
        version,
        exitCode == 0 ? "Succeeded" : "Failed",
        pod -> pod.container(new Container(null, null, null, end)));
  }

  static PodView unschedulable(long version, String message) {
    return DRIVER
        .withResourceVersion(version)
        .withUnscheduled(new Unscheduled("Unschedulable", message, NOON));
  }

  static PodView failedPod(long version, String reason, String message) {
    return pod(
        version,
        "Failed",
        pod -> {
          pod.reason(reason);
          pod.message(message);
        });
  }

  private static PodView pod(long version, String phase, Consumer<PodViewBuilder> change) {
    return DRIVER.with(pod -> {
      pod.resourceVersion(version);
      pod.phase(phase);
      pod.node("node-1");
      change.accept(pod);
    });
  }

  /** The same pod after its deletion was requested. */
  static PodView deleting(PodView pod) {
    return pod.with(next -> {
      next.resourceVersion(pod.resourceVersion() + 1);
      next.deletionTimestamp(NOON.plusSeconds(30));
    });
  }

  /** The same pod with a {@code DisruptionTarget} condition. */
  static PodView disrupted(PodView pod, String reason) {
    return pod.with(next -> {
      next.resourceVersion(pod.resourceVersion() + 1);
      next.disruption(new DisruptionTarget(reason, "see the events"));
    });
  }

  /** The same pod with a retention that its job asks for. */
  static PodView kept(Duration keep, PodView pod) {
    return pod.with(kept -> kept.keepFor(keep));
  }

  /** A driver pod of another attempt than {@link #FIRST}. */
  static PodView of(Attempt attempt, String uid, long version) {
    return pending(version)
        .with(pod -> {
          pod.attempt(attempt);
          pod.name(DriverNames.of(attempt).pod());
          pod.uid(uid);
          pod.driverUid(uid);
        });
  }

  /** The same driver pod, which asks for reports about each of its executors. */
  static PodView withExecutorEvents(PodView pod) {
    return pod.with(asking -> asking.executorEvents(true));
  }

  /** Another driver pod of the same attempt. */
  static PodView duplicate(String uid, PodView pod) {
    return pod.with(late -> {
      late.isDriver(true);
      late.uid(uid);
      late.driverUid(uid);
    });
  }

  /** An executor pod of a driver pod. */
  static PodView executor(String uid, PodView driver) {
    return driver.with(executor -> {
      executor.isDriver(false);
      executor.uid(uid);
      executor.driverUid(driver.uid());
    });
  }

  public static String driverPodName() {
    return DriverNames.of(FIRST).pod();
  }
}
