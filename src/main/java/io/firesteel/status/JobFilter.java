package io.firesteel.status;

import io.firesteel.event.JobPhase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a tenant somebody asks for; an absent condition selects all. The same filter serves
 * lists, counts and bulk operations.
 *
 * @param jobIds these jobs only; empty for all
 * @param phases any of these; empty for all
 * @param labels labels that a job must have; an empty value stands for any
 * @param q a part of the id, the template, the submitter or a label's value, in any case
 * @param since requested at or after this time
 * @param until requested before this time
 */
public record JobFilter(
    Set<String> jobIds,
    Set<JobPhase> phases,
    Map<String, String> labels,
    @Nullable String template,
    @Nullable String q,
    @Nullable String submitter,
    @Nullable Instant since,
    @Nullable Instant until) {

  /** Every job. */
  public static final JobFilter ALL =
      new JobFilter(Set.of(), Set.of(), Map.of(), null, null, null, null, null);

  public JobFilter {
    jobIds = Set.copyOf(Objects.requireNonNullElse(jobIds, Set.of()));
    phases = Set.copyOf(Objects.requireNonNullElse(phases, Set.of()));
    labels = Map.copyOf(Objects.requireNonNullElse(labels, Map.of()));
  }

  /** Whether a job is one of them. */
  public boolean matches(JobSummary job) {
    return (jobIds.isEmpty() || jobIds.contains(job.jobId()))
        && (phases.isEmpty() || phases.contains(job.phase()))
        && (template == null || template.equals(job.template()))
        && (submitter == null || submitter.equals(job.submitter()))
        && (since == null || !job.submittedAt().isBefore(since))
        && (until == null || job.submittedAt().isBefore(until))
        && labels.entrySet().stream().allMatch(label -> hasLabel(job, label))
        && (q == null || mentions(job, q.toLowerCase(Locale.ROOT)));
  }

  private static boolean hasLabel(JobSummary job, Map.Entry<String, String> label) {
    String value = job.labels().get(label.getKey());
    return value != null && (label.getValue().isEmpty() || label.getValue().equals(value));
  }

  private static boolean mentions(JobSummary job, String part) {
    return contains(job.jobId(), part)
        || contains(job.template(), part)
        || contains(job.submitter(), part)
        || List.copyOf(job.labels().values()).stream().anyMatch(value -> contains(value, part));
  }

  private static boolean contains(@Nullable String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part);
  }
}
