package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The place of the driver; Firesteel supports the cluster only. */
@RegisterForReflection
public enum DeployMode {
  @JsonProperty("cluster")
  CLUSTER,
  @JsonProperty("client")
  CLIENT,
  @JsonProperty("in-cluster-client")
  IN_CLUSTER_CLIENT
}
