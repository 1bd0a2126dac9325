package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkPodSpec;
import io.firesteel.spec.quantity.MemorySize;
import org.jspecify.annotations.Nullable;

/** Applies the operator's changes and Firesteel's variables to the driver's pod. */
public final class DriverPodMutations {

  private DriverPodMutations() {}

  /** Changes the finished pod of the draft. */
  public static void apply(
      SparkApplicationSpec spec, DesiredDriver driver, DriverNames names, DriverDraft draft) {
    SparkPodSpec part = spec.driver().pod();
    PodMutations.apply(spec, part, draft.pod().getSpec(), draft.container());
    if (spec.sparkConfigMap() != null) {
      setEnv(draft.container(), "SPARK_CONF_DIR", PodMutations.SPARK_CONF_DIR);
    }
    MonitoringConfig.pod(spec, true, names.metricsMap(), draft.pod().getSpec(), draft.container());
    memoryLimit(part, draft);
    JobKey job = driver.attempt().job();
    setEnv(draft.container(), "FIRESTEEL_JOB_ID", job.id());
    setEnv(draft.container(), "FIRESTEEL_TENANT", job.tenant());
    setEnv(draft.container(), "FIRESTEEL_ATTEMPT", Integer.toString(driver.attempt().number()));
    setEnv(draft.container(), "FIRESTEEL_OUTPUTS", outputs(draft.container()));
    setEnv(draft.container(), "TRACEPARENT", driver.traceparent());
  }

  private static void setEnv(Container container, String name, @Nullable String value) {
    if (value != null) {
      PodMutations.setEnv(container, new EnvVar(name, value, null));
    }
  }

  /** The file whose content the kubelet reports as the container's termination message. */
  private static String outputs(Container container) {
    String path = container.getTerminationMessagePath();
    return path == null ? "/dev/termination-log" : path;
  }

  private static void memoryLimit(SparkPodSpec part, DriverDraft draft) {
    if (part.memoryLimit() instanceof String limit) {
      long wanted = MemorySize.mebibytes(limit).orElse(-1);
      Quantity request = draft.container().getResources().getRequests().get("memory");
      if (wanted < 0) {
        draft.errors().add("/driver/memoryLimit", "is not a valid size", "give one such as 4g");
      } else if (request != null && wanted < Long.parseLong(request.getAmount())) {
        draft
            .errors()
            .add(
                "/driver/memoryLimit",
                "is less than the driver's memory with its overhead, " + request,
                "give more, or leave it out");
      } else {
        PodMutations.limit(draft.container(), "memory", new Quantity(Long.toString(wanted), "Mi"));
      }
    }
  }
}
