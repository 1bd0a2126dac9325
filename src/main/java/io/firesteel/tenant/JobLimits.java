package io.firesteel.tenant;

import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest a job may be: driver and all of its executors together. Null means no limit.
 *
 * @param memory in bytes
 */
record JobLimits(@Nullable Integer cores, @Nullable Long memory, @Nullable Integer executors) {

  static final JobLimits NONE = new JobLimits(null, null, null);

  private static final Rule<Integer> COUNT = Rule.integer(0, 1_000_000);
  private static final Rule<Long> MEMORY =
      new Rule<>(
          "a size like 64g or 512Mi",
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

  /** In what a job is too large. */
  List<ValidationError> check(JobSize job) {
    var errors = new ArrayList<ValidationError>();
    over(errors, "executors", job.executors(), executors == null ? null : (double) executors, 1);
    over(errors, "cores", job.cores(), cores == null ? null : (double) cores, 1);
    over(errors, "MiB of memory", job.memory(), memory == null ? null : (double) memory, 1 << 20);
    return errors;
  }

  private static void over(
      List<ValidationError> errors, String what, double asked, @Nullable Double most, int unit) {
    if (most != null && !(asked <= most)) {
      String number =
          Double.isFinite(asked) ? Long.toString(Math.round(asked / unit)) : "no bounded number of";
      errors.add(
          new ValidationError(
              "",
              "the job may have at most %d %s and asks for %s"
                  .formatted(Math.round(most / unit), what, number)));
    }
  }
}
