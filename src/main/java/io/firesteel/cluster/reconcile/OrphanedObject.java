package io.firesteel.cluster.reconcile;

import io.firesteel.job.Attempt;

/**
 * An object that Firesteel made and no pod owns, for example because the worker died meanwhile.
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
