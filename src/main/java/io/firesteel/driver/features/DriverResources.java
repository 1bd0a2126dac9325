package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import io.firesteel.driver.submit.SubmitArguments;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.quantity.MemoryOverhead;
import io.firesteel.spec.quantity.Quantities;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** CPU, memory and other resources of the driver. After {@code BasicDriverFeatureStep}. */
final class DriverResources {

  static final String OVERHEAD_FACTOR = "spark.kubernetes.memoryOverheadFactor";
  private static final String RESOURCE_PREFIX = "spark.driver.resource.";

  private DriverResources() {}

  static void apply(Submission submission, DriverDraft draft) {
    SparkConf conf = submission.conf();
    double factor = defaultFactor(submission);
    draft.properties().put(OVERHEAD_FACTOR, Double.toString(factor));

    ResourceRequirements resources = draft.container().getResources();
    if (resources == null) {
      resources = new ResourceRequirements();
      draft.container().setResources(resources);
    }
    var requests =
        new TreeMap<>(
            Objects.requireNonNullElse(resources.getRequests(), Map.<String, Quantity>of()));
    var limits =
        new TreeMap<>(
            Objects.requireNonNullElse(resources.getLimits(), Map.<String, Quantity>of()));
    requests.put(
        "cpu",
        quantity(
            "spark.kubernetes.driver.request.cores",
            conf.string(
                "spark.kubernetes.driver.request.cores",
                Integer.toString(conf.integer("spark.driver.cores", 1))),
            draft));
    if (conf.string("spark.kubernetes.driver.limit.cores") instanceof String cores) {
      limits.put("cpu", quantity("spark.kubernetes.driver.limit.cores", cores, draft));
    }
    var memory = new Quantity(Long.toString(memoryMebibytes(submission, factor)), "Mi");
    requests.put("memory", memory);
    limits.put("memory", memory);
    limits.putAll(customResources(conf, draft));
    resources.setRequests(requests);
    resources.setLimits(limits);
  }

  private static double defaultFactor(Submission submission) {
    boolean jvm = submission.arguments().language() == SubmitArguments.Language.JAVA;
    return submission.conf().decimal(OVERHEAD_FACTOR, MemoryOverhead.factor(jvm));
  }

  private static long memoryMebibytes(Submission submission, double defaultFactor) {
    SparkConf conf = submission.conf();
    long memory = conf.mebibytes("spark.driver.memory", 1024);
    return memory + overhead(conf, submission.line(), "driver", memory, defaultFactor);
  }

  /** The MiB beside the heap of a role, {@code driver} or {@code executor}. */
  static long overhead(
      SparkConf conf, SparkLine line, String role, long memory, double defaultFactor) {
    String prefix = "spark." + role + ".";
    double factor =
        SparkFeature.OVERHEAD_FACTOR_OF_ROLE.isIn(line)
            ? conf.decimal(prefix + "memoryOverheadFactor", defaultFactor)
            : defaultFactor;
    long least =
        SparkFeature.MIN_MEMORY_OVERHEAD.isIn(line)
            ? conf.mebibytes(prefix + "minMemoryOverhead", MemoryOverhead.MIN_MEBIBYTES)
            : MemoryOverhead.MIN_MEBIBYTES;
    return conf.mebibytes(prefix + "memoryOverhead", Math.max((int) (factor * memory), least));
  }

  private static Map<String, Quantity> customResources(SparkConf conf, DriverDraft draft) {
    var settings = conf.withPrefix(RESOURCE_PREFIX);
    var names = new TreeSet<String>();
    settings.keySet().forEach(key -> names.add(key.substring(0, Math.max(0, key.indexOf('.')))));
    var found = new TreeMap<String, Quantity>();
    for (String name : names) {
      int amount = conf.integer(RESOURCE_PREFIX + name + ".amount", -1);
      String vendor = settings.get(name + ".vendor");
      if (amount < 0) {
        draft.invalid(
            RESOURCE_PREFIX + name + ".amount", "is missing", "give how many the driver needs");
      } else if (amount > 0 && vendor == null) {
        draft.invalid(
            RESOURCE_PREFIX + name + ".vendor",
            "is missing",
            "give the vendor's domain, such as nvidia.com");
      } else if (amount > 0) {
        found.put(vendor + "/" + name, new Quantity(Integer.toString(amount)));
      }
    }
    return found;
  }

  private static Quantity quantity(String key, String value, DriverDraft draft) {
    if (!Quantities.isValid(value)) {
      draft.invalid(key, "is not a valid quantity", "give one such as 500m or 2");
      return new Quantity("1");
    }
    return Quantity.parse(value);
  }
}
