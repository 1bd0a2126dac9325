package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Where a driver runs; Firesteel runs it in the cluster. */
@RegisterForReflection
public enum DeployMode {
  @JsonProperty("cluster")
  CLUSTER,
  @JsonProperty("client")
  CLIENT,
  @JsonProperty("in-cluster-client")
  IN_CLUSTER_CLIENT
}
