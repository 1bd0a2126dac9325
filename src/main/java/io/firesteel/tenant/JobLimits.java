package io.firesteel.tenant;

import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import io.firesteel.spec.quantity.MemorySize;
import io.firesteel.spec.quantity.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The most that a job may request, driver and all executors together. Null means no limit.
 *
 * @param memory in bytes
 * @param resources GPUs and other resources by their Kubernetes name; none of those without a limit
 */
record JobLimits(
    @Nullable Integer cores,
    @Nullable Long memory,
    @Nullable Integer executors,
    Map<String, Integer> resources) {

  static final JobLimits NONE = new JobLimits(null, null, null, Map.of());

  /** What every pod may request; cores and memory have limits of their own. */
  private static final Set<String> BASIC = Set.of("cpu", "memory", "ephemeral-storage");

  private static final int MAX_RESOURCES = 100;
  private static final Rule<String> RESOURCE =
      Rule.matching(
          Pattern.compile("[a-z0-9A-Z]([-a-z0-9A-Z_./]{0,300}[a-z0-9A-Z])?"),
          "the name of a resource such as nvidia.com/gpu");

  private static final Rule<Integer> COUNT = Rule.integer(0, 1_000_000);
  private static final Pattern MEMORY_FORM =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(?![bB]i)([bBkKmMgGtTpP])[bBi]?");
  private static final Rule<Long> MEMORY =
      new Rule<>(
          "a size such as 64g or 512Mi", node -> node.isTextual() ? bytes(node.textValue()) : null);

  static JobLimits read(FieldReader fields) {
    var limits =
        new JobLimits(
            fields.read("cores", COUNT),
            fields.read("memory", MEMORY),
            fields.read("executors", COUNT),
            fields.map("resources", MAX_RESOURCES, RESOURCE, COUNT));
    fields.rejectUnknown();
    return limits;
  }

  /** In both Spark's sizes and Kubernetes' a unit is a power of 1024; it must not be left out. */
  private static @Nullable Long bytes(String text) {
    Matcher size = MEMORY_FORM.matcher(text);
    if (!size.matches()) {
      return null;
    }
    String letter = size.group(2).toUpperCase(Locale.ROOT);
    return Quantities.parse(size.group(1) + (letter.equals("B") ? "" : letter + "i"))
        .map(amount -> amount.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue())
        .orElse(null);
  }

  JobLimits {
    resources = Map.copyOf(resources);
  }

  /** The error for a resource that a job may not request at all; null if it may. */
  @Nullable String denied(String resource) {
    return BASIC.contains(resource) || resources.containsKey(resource)
        ? null
        : new AllowList(resources.keySet().stream().sorted().toList())
            .denied("resource", resource, "perJob.resources");
  }

  /** The limits that a job exceeds. */
  List<ValidationError> check(JobSize job) {
    var errors = new ArrayList<ValidationError>();
    check(errors, "executors", "", job.executors(), executors, 1);
    check(errors, "cores", "", job.cores(), cores, 1);
    check(errors, "memory", "MiB of ", job.memory(), memory, MemorySize.MEBIBYTE);
    new TreeMap<>(resources)
        .forEach((name, max) -> {
          double requested = job.resources().getOrDefault(name, 0.0);
          if (!(requested <= max)) {
            errors.add(
                new ValidationError(
                    "",
                    "the job requests %s %s; perJob.resources allows %d"
                        .formatted(amount(requested, 1), name, max)));
          }
        });
    return errors;
  }

  private static void check(
      List<ValidationError> errors,
      String limit,
      String unit,
      double requested,
      @Nullable Number max,
      long divisor) {
    if (max != null && !(requested <= max.doubleValue())) {
      errors.add(
          new ValidationError(
              "",
              "the job requests %s %s%s; perJob.%s allows %d%s"
                  .formatted(
                      amount(requested, divisor),
                      unit,
                      limit,
                      limit,
                      max.longValue() / divisor,
                      unit.isEmpty() ? "" : " MiB")));
    }
  }

  private static String amount(double requested, long divisor) {
    return Double.isFinite(requested)
        ? Long.toString((long) Math.ceil(requested / divisor))
        : "an unbounded number of";
  }
}
