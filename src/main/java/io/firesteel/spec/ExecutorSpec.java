package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** The executors: their pods and their number. */
@RegisterForReflection
public record ExecutorSpec(
    @JsonUnwrapped SparkPodSpec pod,
    @Nullable Integer instances,
    @Nullable Boolean deleteOnTermination) {}
