package io.firesteel.local.kubernetes.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.PodConditions;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;

/** The status a kubelet would report of a pod that runs and that has ended. Pure. */
final class SimulatedPodStatus {
  private SimulatedPodStatus() {}

  static ObjectNode running(ObjectNode pod, String podIp, Instant now) {
    String time = Timestamps.seconds(now);
    ObjectNode status = JsonTrees.shallow(pod.path("status"));
    status.put("phase", "Running").put("podIP", podIp).put("hostIP", "127.0.0.1");
    status.put("startTime", time);
    status.putArray("podIPs").addObject().put("ip", podIp);
    ArrayNode containers = status.putArray("containerStatuses");
    boolean allReady = true;
    for (JsonNode container : JsonTrees.at(pod, "spec", "containers")) {
      ObjectNode one = containers.addObject();
      one.put("name", JsonTrees.text(container, "name"))
          .put("image", JsonTrees.text(container, "image"));
      boolean ready = !isProbed(container);
      allReady &= ready;
      one.put("imageID", "").put("restartCount", 0).put("ready", ready).put("started", ready);
      one.putObject("state").putObject("running").put("startedAt", time);
      one.putObject("lastState");
    }
    ObjectNode next = JsonTrees.shallow(pod);
    next.set("status", ready(status, allReady, now));
    return next;
  }

  /** No process answers a probe. */
  private static boolean isProbed(JsonNode container) {
    return container.has("startupProbe") || container.has("readinessProbe");
  }

  static ObjectNode terminated(ObjectNode pod, int exitCode, Instant now) {
    ObjectNode status = JsonTrees.shallow(pod.path("status"));
    status.put("phase", exitCode == 0 ? "Succeeded" : "Failed");
    ArrayNode containers = JsonTrees.array();
    for (JsonNode container : status.path("containerStatuses")) {
      ObjectNode one = JsonTrees.shallow(container);
      one.put("ready", false).put("started", false);
      one.putObject("state")
          .putObject("terminated")
          .put("exitCode", exitCode)
          .put("reason", exitCode == 0 ? "Completed" : "Error")
          .put("startedAt", JsonTrees.text(container, "state", "running", "startedAt"))
          .put("finishedAt", Timestamps.seconds(now));
      containers.add(one);
    }
    status.set("containerStatuses", containers);
    ObjectNode next = JsonTrees.shallow(pod);
    next.set("status", ready(status, false, now));
    return next;
  }

  private static ObjectNode ready(ObjectNode status, boolean ready, Instant now) {
    ObjectNode initialized = PodConditions.with(status, "Initialized", true, now);
    ObjectNode containers = PodConditions.with(initialized, "ContainersReady", ready, now);
    return PodConditions.with(containers, "Ready", ready, now);
  }
}
