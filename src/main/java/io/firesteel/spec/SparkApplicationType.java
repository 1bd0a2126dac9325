package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The languages of an application. */
@RegisterForReflection
public enum SparkApplicationType {
  @JsonProperty("Java")
  JAVA,
  @JsonProperty("Scala")
  SCALA,
  @JsonProperty("Python")
  PYTHON,
  @JsonProperty("R")
  R
}
