package io.firesteel.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.cluster.PodView.Container;
import io.firesteel.cluster.PodView.Disruption;
import io.firesteel.cluster.PodView.Terminated;
import io.firesteel.cluster.PodView.Unscheduled;
import io.firesteel.cluster.PodView.Waiting;
import io.firesteel.driver.DriverNames;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drivers and pods as tests need them. */
final class Pods {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Attempt FIRST = new Attempt(new JobKey("acme", "daily"), 1);

  private Pods() {}

  static DesiredDriver wanted(Attempt attempt) {
    return new DesiredDriver(
        attempt,
        "acme",
        new Placement("acme-jobs", "spark"),
        null,
        false,
        Map.of(),
        null,
        JsonNodeFactory.instance.objectNode());
  }

  static PodView pending(long version) {
    return pod(version, "Pending", null);
  }

  static PodView waiting(long version, String reason, String message) {
    return pod(version, "Pending", new Container(null, new Waiting(reason, message), null, null));
  }

  static PodView running(long version) {
    return pod(version, "Running", new Container(null, null, NOON, null));
  }

  static PodView deleting(PodView pod) {
    return new PodView(
        pod.attempt(),
        pod.driver(),
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.driverUid(),
        pod.version() + 1,
        pod.phase(),
        pod.reason(),
        pod.message(),
        pod.node(),
        NOON.plusSeconds(30),
        pod.created(),
        pod.settled(),
        pod.keep(),
        pod.container(),
        pod.unscheduled(),
        pod.disruption(),
        pod.exitException(),
        pod.eachExecutor());
  }

  /** A driver that asks to be told of each of its executors. */
  static PodView askingForEachExecutor(PodView pod) {
    return new PodView(
        pod.attempt(),
        pod.driver(),
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.driverUid(),
        pod.version(),
        pod.phase(),
        pod.reason(),
        pod.message(),
        pod.node(),
        pod.deletionDue(),
        pod.created(),
        pod.settled(),
        pod.keep(),
        pod.container(),
        pod.unscheduled(),
        pod.disruption(),
        pod.exitException(),
        true);
  }

  /** Another driver pod of the same attempt. */
  static PodView late(String uid, PodView pod) {
    return like(pod, true, uid, uid);
  }

  /** An executor pod of a driver pod. */
  static PodView executor(String uid, PodView driver) {
    return like(driver, false, uid, driver.uid());
  }

  private static PodView like(PodView pod, boolean driver, String uid, String driverUid) {
    return new PodView(
        pod.attempt(),
        driver,
        pod.namespace(),
        pod.name(),
        uid,
        driverUid,
        pod.version(),
        pod.phase(),
        pod.reason(),
        pod.message(),
        pod.node(),
        pod.deletionDue(),
        pod.created(),
        pod.settled(),
        pod.keep(),
        pod.container(),
        pod.unscheduled(),
        pod.disruption(),
        pod.exitException(),
        pod.eachExecutor());
  }

  static PodView ended(long version, int exitCode, @Nullable String reason) {
    String phase = exitCode == 0 ? "Succeeded" : "Failed";
    Terminated end = new Terminated(exitCode, reason, null, NOON.plusSeconds(60));
    return pod(version, phase, new Container(null, null, null, end));
  }

  static PodView unschedulable(long version, String message) {
    return new PodView(
        FIRST,
        true,
        "acme-jobs",
        name(),
        "uid-1",
        "uid-1",
        version,
        "Pending",
        null,
        null,
        null,
        null,
        NOON,
        NOON,
        null,
        null,
        new Unscheduled("Unschedulable", message, NOON),
        null,
        null,
        false);
  }

  /** The same pod once the cluster wants it gone. */
  static PodView disrupted(PodView pod, String reason) {
    return new PodView(
        pod.attempt(),
        pod.driver(),
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.driverUid(),
        pod.version() + 1,
        pod.phase(),
        pod.reason(),
        pod.message(),
        pod.node(),
        pod.deletionDue(),
        pod.created(),
        pod.settled(),
        pod.keep(),
        pod.container(),
        pod.unscheduled(),
        new Disruption(reason, "see the events"),
        pod.exitException(),
        pod.eachExecutor());
  }

  static PodView failedPod(long version, String reason, String message) {
    return new PodView(
        FIRST,
        true,
        "acme-jobs",
        name(),
        "uid-1",
        "uid-1",
        version,
        "Failed",
        reason,
        message,
        "node-1",
        null,
        NOON,
        NOON,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  private static PodView pod(long version, String phase, @Nullable Container container) {
    return new PodView(
        FIRST,
        true,
        "acme-jobs",
        name(),
        "uid-1",
        "uid-1",
        version,
        phase,
        null,
        null,
        "node-1",
        null,
        NOON,
        NOON,
        null,
        container,
        null,
        null,
        null,
        false);
  }

  static String name() {
    return DriverNames.of(FIRST).pod();
  }
}
