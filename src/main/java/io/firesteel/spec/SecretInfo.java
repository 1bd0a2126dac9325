package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A Secret, the directory it is mounted at, and its use. */
@RegisterForReflection
public record SecretInfo(String name, String path, SecretType secretType) {

  /** The use of a mounted Secret; the first two also set an environment variable. */
  @RegisterForReflection
  public enum SecretType {
    @JsonProperty("GCPServiceAccount")
    GCP_SERVICE_ACCOUNT,
    @JsonProperty("HadoopDelegationToken")
    HADOOP_DELEGATION_TOKEN,
    @JsonProperty("Generic")
    GENERIC
  }
}
