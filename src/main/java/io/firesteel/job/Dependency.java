package io.firesteel.job;

/** Another job of the same tenant that must have ended in the wanted way first. */
public record Dependency(String jobId, Condition condition) {

  /** How the other job must have ended. */
  public enum Condition {
    SUCCESS,
    COMPLETION,
    FAILURE
  }
}
