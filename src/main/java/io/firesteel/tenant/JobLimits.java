package io.firesteel.tenant;

import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
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

  static JobLimits read(Fields fields) {
    var limits =
        new JobLimits(
            fields.read("cores", COUNT),
            fields.read("memory", MEMORY),
            fields.read("executors", COUNT));
    fields.noOthers();
    return limits;
  }

  /** In what a job is too large. */
  List<Problem> check(JobSize job) {
    var problems = new ArrayList<Problem>();
    over(problems, "executors", job.executors(), executors == null ? null : (double) executors, 1);
    over(problems, "cores", job.cores(), cores == null ? null : (double) cores, 1);
    over(problems, "MiB of memory", job.memory(), memory == null ? null : (double) memory, 1 << 20);
    return problems;
  }

  private static void over(
      List<Problem> problems, String what, double asked, @Nullable Double most, int unit) {
    if (most != null && !(asked <= most)) {
      String number =
          Double.isFinite(asked) ? Long.toString(Math.round(asked / unit)) : "no bounded number of";
      problems.add(
          new Problem(
              "",
              "the job may have at most %d %s and asks for %s"
                  .formatted(Math.round(most / unit), what, number)));
    }
  }
}
