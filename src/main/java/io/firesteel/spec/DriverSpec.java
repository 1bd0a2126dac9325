package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver: its pod and the fields that only a driver has. */
@RegisterForReflection
public record DriverSpec(
    @JsonUnwrapped SparkPodSpec pod,
    @Nullable String podName,
    @Nullable String kubernetesMaster,
    Map<String, String> serviceAnnotations,
    Map<String, String> serviceLabels) {

  public DriverSpec {
    serviceAnnotations = Map.copyOf(serviceAnnotations);
    serviceLabels = Map.copyOf(serviceLabels);
  }
}
