package io.firesteel.cluster.reconcile;

import io.firesteel.job.Attempt;

/**
 * An object that Firesteel created and that no pod owns, for example because the worker died before
 * it created the pod.
 *
 * @param apiVersion the group and version, as in the object
 * @param plural the kind in plural, as in API paths
 */
public record OrphanedObject(
    Attempt attempt,
    String apiVersion,
    String kind,
    String plural,
    String namespace,
    String name,
    String uid) {}
