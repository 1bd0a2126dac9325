package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.Quantity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a batch scheduler is told of the whole application. */
@RegisterForReflection
public record BatchSchedulerConfiguration(
    @Nullable String queue, @Nullable String priorityClassName, Map<String, Quantity> resources) {

  public BatchSchedulerConfiguration {
    resources = Map.copyOf(resources);
  }
}
