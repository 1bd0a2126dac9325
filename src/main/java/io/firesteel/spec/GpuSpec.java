package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** GPUs by their Kubernetes resource name, {@code nvidia.com/gpu}. */
@RegisterForReflection
public record GpuSpec(String name, long quantity) {}
