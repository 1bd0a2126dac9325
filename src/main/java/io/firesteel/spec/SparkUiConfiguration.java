package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Service and Ingress of the Spark UI. */
@RegisterForReflection
public record SparkUiConfiguration(
    @Nullable Integer servicePort,
    @Nullable String servicePortName,
    @Nullable String serviceType,
    Map<String, String> serviceAnnotations,
    Map<String, String> serviceLabels,
    Map<String, String> ingressAnnotations,
    List<IngressTLS> ingressTLS) {

  public SparkUiConfiguration {
    serviceAnnotations = Map.copyOf(serviceAnnotations);
    serviceLabels = Map.copyOf(serviceLabels);
    ingressAnnotations = Map.copyOf(ingressAnnotations);
    ingressTLS = List.copyOf(ingressTLS);
  }
}
