package io.firesteel.event;

/** The driver pod of an attempt; {@code applicationId} is Spark's {@code spark.app.id}. */
public record DriverPod(String namespace, String name, String uid, String applicationId) {}
