package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/**
 * A pod's state in one word, as {@code kubectl get pods} shows it. The rules are those of the real
 * server's pod printer.
 */
record PodStatusText(String status, String ready, int restartCount, String lastRestart) {

  static PodStatusText of(JsonNode pod) {
    JsonNode status = pod.path("status");
    String reason = Json.text(status, "phase");
    reason = Json.text(status, "reason").isEmpty() ? reason : Json.text(status, "reason");
    String init = initReason(pod);
    int ready = 0;
    int restarts = 0;
    String lastRestart = "";
    boolean running = false;
    JsonNode containers = status.path("containerStatuses");
    for (int i = containers.size() - 1; i >= 0; i--) {
      JsonNode container = containers.path(i);
      restarts += container.path("restartCount").asInt();
      String finished = Json.text(container, "lastState", "terminated", "finishedAt");
      lastRestart = finished.compareTo(lastRestart) > 0 ? finished : lastRestart;
      String own = containerReason(container);
      reason = own.isEmpty() ? reason : own;
      if (own.isEmpty() && container.path("ready").asBoolean()) {
        running = true;
        ready++;
      }
    }
    if (reason.equals("Completed") && running) {
      reason = hasReadyCondition(status) ? "Running" : "NotReady";
    }
    String shown = init.isEmpty() ? reason : init;
    String all = ready + "/" + Json.at(pod, "spec", "containers").size();
    return new PodStatusText(terminating(pod, shown), all, restarts, lastRestart);
  }

  String restarts(Instant now) {
    return restartCount == 0 || lastRestart.isEmpty()
        ? Integer.toString(restartCount)
        : restartCount + " (" + TableColumns.age(lastRestart, now) + " ago)";
  }

  private static String terminating(JsonNode pod, String reason) {
    if (!Json.at(pod, "metadata").hasNonNull("deletionTimestamp")) {
      return reason;
    }
    if (Json.text(pod, "status", "reason").equals("NodeLost")) {
      return "Unknown";
    }
    boolean over = Set.of("Succeeded", "Failed").contains(Json.text(pod, "status", "phase"));
    return over ? reason : "Terminating";
  }

  private static String containerReason(JsonNode container) {
    String waiting = Json.text(container, "state", "waiting", "reason");
    JsonNode terminated = Json.at(container, "state", "terminated");
    if (!waiting.isEmpty()) {
      return waiting;
    }
    return terminated.isMissingNode() ? "" : ended(terminated);
  }

  private static String ended(JsonNode terminated) {
    String reason = Json.text(terminated, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    int signal = terminated.path("signal").asInt();
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
  }

  private static String initReason(JsonNode pod) {
    JsonNode statuses = Json.at(pod, "status", "initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      JsonNode terminated = Json.at(statuses.path(i), "state", "terminated");
      boolean passed =
          terminated.isObject()
              ? terminated.path("exitCode").asInt() == 0
              : statuses.path(i).path("started").asBoolean() && sidecar(pod, i);
      if (!passed) {
        String waiting = Json.text(statuses.path(i), "state", "waiting", "reason");
        if (terminated.isObject()) {
          return "Init:" + ended(terminated);
        }
        return waiting.isEmpty() || waiting.equals("PodInitializing")
            ? "Init:" + i + "/" + Json.at(pod, "spec", "initContainers").size()
            : "Init:" + waiting;
      }
    }
    return "";
  }

  private static boolean sidecar(JsonNode pod, int index) {
    JsonNode container = Json.at(pod, "spec", "initContainers").path(index);
    return Json.text(container, "restartPolicy").equals("Always");
  }

  private static boolean hasReadyCondition(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }
}
