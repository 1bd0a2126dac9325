package io.firesteel.workflow.core;

import io.firesteel.job.JobKey;
import io.firesteel.job.Requester;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The job of a task. Its id is {@code workflow.task} or {@code workflow.task.index}. A task's name
 * has no dot and begins with a letter, so that an id can be read in one way only.
 *
 * @param index of the item; null for a task with one job
 */
public record TaskJob(String workflow, String task, @Nullable Integer index) {

  private static final Pattern FORM =
      Pattern.compile("([^/]+)\\.([A-Za-z][A-Za-z0-9_-]*)(?:\\.([0-9]{1,4}))?");

  /** The task to which an id may belong; others can use such an id, too. */
  public static Optional<TaskJob> of(String jobId) {
    Matcher match = FORM.matcher(jobId);
    return match.matches()
        ? Optional.of(
            new TaskJob(
                match.group(1),
                match.group(2),
                match.group(3) == null ? null : Integer.valueOf(match.group(3))))
        : Optional.empty();
  }

  /** The key of the job. */
  public JobKey key(String tenant) {
    return new JobKey(tenant, workflow + "." + task + (index == null ? "" : "." + index));
  }

  /** Who asks for it. */
  Requester requester() {
    return new Requester.WorkflowTask(workflow, task, index);
  }
}
