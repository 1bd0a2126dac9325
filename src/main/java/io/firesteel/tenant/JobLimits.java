package io.firesteel.tenant;

import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The maximum size of a job, driver and executors together. Null means no limit.
 *
 * @param memory in bytes
 */
record JobLimits(@Nullable Integer cores, @Nullable Long memory, @Nullable Integer executors) {

  static final JobLimits NONE = new JobLimits(null, null, null);

  private static final Rule<Integer> COUNT = Rule.integer(0, 1_000_000);
  private static final Rule<Long> MEMORY =
      new Rule<>(
          "a size such as 64g or 512Mi",
          node -> node.isTextual() ? Sizes.bytes(node.textValue()).orElse(null) : null);

  static JobLimits read(FieldReader fields) {
    var limits =
        new JobLimits(
            fields.read("cores", COUNT),
            fields.read("memory", MEMORY),
            fields.read("executors", COUNT));
    fields.rejectUnknown();
    return limits;
  }

  /** The limits that a job exceeds. */
  List<ValidationError> check(JobSize job) {
    var errors = new ArrayList<ValidationError>();
    if (executors != null) {
      check(errors, "executors", "executors", job.executors(), executors, 1);
    }
    if (cores != null) {
      check(errors, "cores", "cores", job.cores(), cores, 1);
    }
    if (memory != null) {
      check(errors, "memory", "MiB of memory", job.memory(), memory, 1 << 20);
    }
    return errors;
  }

  private static void check(
      List<ValidationError> errors, String field, String what, double size, double max, int unit) {
    if (!(size <= max)) {
      String requested =
          Double.isFinite(size) ? Long.toString(Math.round(size / unit)) : "an unbounded number of";
      errors.add(
          new ValidationError(
              "",
              "the job requests %s %s; the tenant's perJob.%s allows %d"
                  .formatted(requested, what, field, Math.round(max / unit))));
    }
  }
}
