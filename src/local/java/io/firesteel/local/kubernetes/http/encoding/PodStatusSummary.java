package io.firesteel.local.kubernetes.http.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.time.Instant;
import java.util.Set;

/** The status column of {@code kubectl get pods}, by the rules of the real server's printer. */
record PodStatusSummary(String status, String ready, int restartCount, String lastRestart) {

  static PodStatusSummary of(JsonNode pod) {
    JsonNode status = pod.path("status");
    String reason = JsonTrees.text(status, "phase");
    reason = JsonTrees.text(status, "reason").isEmpty() ? reason : JsonTrees.text(status, "reason");
    String init = initReason(pod);
    int ready = 0;
    int restarts = 0;
    String lastRestart = "";
    boolean running = false;
    JsonNode containers = status.path("containerStatuses");
    for (int i = containers.size() - 1; i >= 0; i--) {
      JsonNode container = containers.path(i);
      restarts += container.path("restartCount").asInt();
      String finished = JsonTrees.text(container, "lastState", "terminated", "finishedAt");
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
    String all = ready + "/" + JsonTrees.at(pod, "spec", "containers").size();
    return new PodStatusSummary(terminating(pod, shown), all, restarts, lastRestart);
  }

  String restarts(Instant now) {
    return restartCount == 0 || lastRestart.isEmpty()
        ? Integer.toString(restartCount)
        : restartCount + " (" + TableColumns.age(lastRestart, now) + " ago)";
  }

  private static String terminating(JsonNode pod, String reason) {
    if (!JsonTrees.at(pod, "metadata").hasNonNull("deletionTimestamp")) {
      return reason;
    }
    if (JsonTrees.text(pod, "status", "reason").equals("NodeLost")) {
      return "Unknown";
    }
    boolean over = Set.of("Succeeded", "Failed").contains(JsonTrees.text(pod, "status", "phase"));
    return over ? reason : "Terminating";
  }

  private static String containerReason(JsonNode container) {
    String waiting = JsonTrees.text(container, "state", "waiting", "reason");
    JsonNode terminated = JsonTrees.at(container, "state", "terminated");
    if (!waiting.isEmpty()) {
      return waiting;
    }
    return terminated.isMissingNode() ? "" : ended(terminated);
  }

  private static String ended(JsonNode terminated) {
    String reason = JsonTrees.text(terminated, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    int signal = terminated.path("signal").asInt();
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
  }

  private static String initReason(JsonNode pod) {
    JsonNode statuses = JsonTrees.at(pod, "status", "initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      JsonNode terminated = JsonTrees.at(statuses.path(i), "state", "terminated");
      boolean passed =
          terminated.isObject()
              ? terminated.path("exitCode").asInt() == 0
              : statuses.path(i).path("started").asBoolean() && sidecar(pod, i);
      if (!passed) {
        String waiting = JsonTrees.text(statuses.path(i), "state", "waiting", "reason");
        if (terminated.isObject()) {
          return "Init:" + ended(terminated);
        }
        return waiting.isEmpty() || waiting.equals("PodInitializing")
            ? "Init:" + i + "/" + JsonTrees.at(pod, "spec", "initContainers").size()
            : "Init:" + waiting;
      }
    }
    return "";
  }

  private static boolean sidecar(JsonNode pod, int index) {
    JsonNode container = JsonTrees.at(pod, "spec", "initContainers").path(index);
    return JsonTrees.text(container, "restartPolicy").equals("Always");
  }

  private static boolean hasReadyCondition(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (JsonTrees.text(condition, "type").equals("Ready")) {
        return JsonTrees.text(condition, "status").equals("True");
      }
    }
    return false;
  }
}
