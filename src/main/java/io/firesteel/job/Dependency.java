package io.firesteel.job;

/** Another job of the same tenant that must end first, with an outcome that fulfils a condition. */
public record Dependency(String jobId, Condition condition) {

  /** The required outcome. */
  public enum Condition {
    SUCCESS,
    COMPLETION,
    FAILURE
  }
}
