package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** Spark's dynamic allocation of executors; the timeout is in milliseconds. */
@RegisterForReflection
public record DynamicAllocation(
    @Nullable Boolean enabled,
    @Nullable Integer initialExecutors,
    @Nullable Integer minExecutors,
    @Nullable Integer maxExecutors,
    @Nullable Boolean shuffleTrackingEnabled,
    @Nullable Long shuffleTrackingTimeout) {}
