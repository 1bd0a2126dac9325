package io.firesteel.local.acceptance;

/**
 * One message to publish and what must become of it.
 *
 * @param name what it tries; its id is the name and the run
 * @param message the request
 * @param copies how often to publish it; all copies together have one result
 * @param whenRunning what happens to its driver
 */
record PlannedJob(
    String name,
    String tenant,
    String id,
    String message,
    int copies,
    Interference whenRunning,
    PlannedEnd end) {

  /** What happens to a driver while it runs. */
  enum Interference {
    NONE,
    /** A control event cancels the job. */
    CANCEL,
    /** Someone deletes the pod. */
    DELETE_POD,
    /** Someone evicts the pod, as {@code kubectl drain} does. */
    EVICT_POD
  }

  /** As keys of messages and events have it. */
  String key() {
    return tenant + "/" + id;
  }
}
