package io.firesteel.rest.explain;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.rest.explain.Explanation.Cause;
import io.firesteel.rest.explain.Explanation.RuleName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person can do about a rule that holds up a job, or about a failure. Pure. */
final class Remedies {

  private Remedies() {}

  /** What to do about a rule; null if only time helps. */
  static @Nullable String of(RuleName rule, JobFacts facts) {
    String tenant = facts.job().tenant();
    return switch (rule) {
      case TENANT_DEFINED ->
          "Ask an operator to define the tenant %s again; its waiting jobs are cancelled after a while."
              .formatted(tenant);
      case SUSPENSION -> "Ask an operator to resume the tenant %s.".formatted(tenant);
      case DEPENDENCY -> "Submit the jobs that are unknown, and look at those that wait or fail.";
      case TENANT_LIMIT ->
          "Wait for a running job to end, cancel one, or ask an operator to raise maxConcurrency of %s."
              .formatted(tenant);
      case COHORT_LIMIT ->
          "Wait for a job of the cohort to end, or ask an operator to raise cohortMaxConcurrency.";
      case QUEUE -> "Raise the priority of the job to move it forward.";
      case CLUSTER -> "Ask an operator whether the cluster's API server is up.";
      case DRIVER -> facts.job().pending() == null ? null : pending(facts.job().pending());
      case NOT_BEFORE, BACKOFF -> null;
    };
  }

  private static String pending(String reason) {
    return switch (reason) {
      case "Unschedulable" ->
          "No node has room: wait, ask for less CPU and memory, or ask an operator for nodes.";
      case "ErrImagePull", "ImagePullBackOff", "InvalidImageName" ->
          "Check the image's name and tag, and the registry's credentials.";
      default -> "Look at the pod's events if this lasts.";
    };
  }

  /** What to do about a job that failed or was refused. */
  static List<String> of(JobStatus job, Cause cause) {
    List<String> actions = new ArrayList<>(List.of(remedy(job, cause)));
    if (job.phase() == JobPhase.REFUSED) {
      actions.add("Then submit the job again with the same id; a refused id can be used again.");
    } else if (job.phase() != JobPhase.CANCELLED) {
      actions.add("Then run it again: the re-run gets an id of its own.");
    }
    return actions;
  }

  private static String remedy(JobStatus job, Cause cause) {
    return switch (cause.category()) {
      case REQUEST ->
          job.phase() == JobPhase.CANCELLED
              ? "Run it again if the cancellation was a mistake."
              : "Correct the request as the message says.";
      case CONFIGURATION ->
          "The cluster rejected the driver's objects; correct the spec, or show the message to an operator.";
      case IMAGE -> "Check the image's name and tag, and the registry's credentials.";
      case CAPACITY -> "Wait until there is room, ask for less, or ask an operator for more.";
      case INFRASTRUCTURE ->
          "The node, the network or the API server failed, not the job; set a restartPolicy so that it is retried.";
      case OUT_OF_MEMORY ->
          "Raise the memory, or the memoryOverhead, of the driver, or let it collect less.";
      case APPLICATION -> "The application failed: read the evidence and the log.";
      case DEADLINE -> "Allow it more time, or look at where the time went in its timeline.";
      case DEPENDENCY -> "Look at the job on which it depends, and run that one again first.";
    };
  }
}
