package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.Quantity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of the batch scheduler for the whole application. */
@RegisterForReflection
public record BatchSchedulerConfiguration(
    @Nullable String queue, @Nullable String priorityClassName, Map<String, Quantity> resources) {

  public BatchSchedulerConfiguration {
    resources = Map.copyOf(resources);
  }
}
