package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.spec.PodPart;
import io.firesteel.spec.SparkApplicationSpec;
import org.jspecify.annotations.Nullable;

/** The driver's pod after Spark's part: the operator's edits, then what Firesteel tells the job. */
final class DriverEdits {

  private DriverEdits() {}

  static void apply(
      SparkApplicationSpec spec, DesiredDriver driver, DriverNames names, DriverDraft draft) {
    PodPart part = spec.driver().pod();
    PodEdits.apply(spec, part, draft.pod().getSpec(), draft.container());
    if (spec.sparkConfigMap() != null) {
      tell(draft.container(), "SPARK_CONF_DIR", PodEdits.SPARK_CONF);
    }
    Metrics.pod(spec, true, names.metricsMap(), draft.pod().getSpec(), draft.container());
    memoryLimit(part, draft);
    JobKey job = driver.attempt().job();
    tell(draft.container(), "FIRESTEEL_JOB_ID", job.id());
    tell(draft.container(), "FIRESTEEL_TENANT", job.tenant());
    tell(draft.container(), "FIRESTEEL_ATTEMPT", Integer.toString(driver.attempt().number()));
    tell(draft.container(), "TRACEPARENT", driver.traceparent());
  }

  private static void tell(Container container, String name, @Nullable String value) {
    if (value != null) {
      PodEdits.setEnv(container, new EnvVar(name, value, null));
    }
  }

  private static void memoryLimit(PodPart part, DriverDraft draft) {
    if (part.memoryLimit() instanceof String limit) {
      long wanted = MemorySize.mebibytes(limit);
      Quantity request = draft.container().getResources().getRequests().get("memory");
      if (wanted < 0) {
        draft.problems().add("/driver/memoryLimit", "is no size", "give one such as 4g");
      } else if (request != null && wanted < Long.parseLong(request.getAmount())) {
        draft
            .problems()
            .add(
                "/driver/memoryLimit",
                "is less than the driver's memory with its overhead, " + request,
                "give more, or leave it out");
      } else {
        PodEdits.limit(draft.container(), "memory", new Quantity(Long.toString(wanted), "Mi"));
      }
    }
  }
}
