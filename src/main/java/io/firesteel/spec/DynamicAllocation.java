package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** Executors that come and go with the work; the timeout is milliseconds. */
@RegisterForReflection
public record DynamicAllocation(
    @Nullable Boolean enabled,
    @Nullable Integer initialExecutors,
    @Nullable Integer minExecutors,
    @Nullable Integer maxExecutors,
    @Nullable Boolean shuffleTrackingEnabled,
    @Nullable Long shuffleTrackingTimeout) {}
