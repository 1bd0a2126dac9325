package io.firesteel.job;

import org.jspecify.annotations.Nullable;

/**
 * Where a job's pods run: the tenant's namespace and the service account of its drivers.
 *
 * @param cluster its name; null for the one called default
 */
public record Placement(String namespace, String serviceAccount, @Nullable String cluster) {}
