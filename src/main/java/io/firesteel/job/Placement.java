package io.firesteel.job;

/** Where a job's pods run: the tenant's namespace and the service account of its drivers. */
public record Placement(String namespace, String serviceAccount) {}
