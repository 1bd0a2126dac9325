package io.firesteel.cluster;

import io.firesteel.job.Attempt;

/**
 * An object of ours that no pod owns: what a worker made for a driver before it died, for example.
 *
 * @param apiVersion with its group, as the object has it
 */
record Leftover(
    Attempt attempt, String apiVersion, String kind, String namespace, String name, String uid) {}
