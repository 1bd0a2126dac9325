package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An additional port of the driver with its own Service and Ingress. */
@RegisterForReflection
public record DriverIngressConfiguration(
    int servicePort,
    String servicePortName,
    @Nullable String serviceType,
    Map<String, String> serviceAnnotations,
    Map<String, String> serviceLabels,
    @Nullable String ingressURLFormat,
    Map<String, String> ingressAnnotations,
    List<IngressTLS> ingressTLS) {

  public DriverIngressConfiguration {
    serviceAnnotations = Map.copyOf(serviceAnnotations);
    serviceLabels = Map.copyOf(serviceLabels);
    ingressAnnotations = Map.copyOf(ingressAnnotations);
    ingressTLS = List.copyOf(ingressTLS);
  }
}
