package io.firesteel.cluster.reconcile;

import io.firesteel.job.Attempt;

/**
 * An object of ours that no pod owns: what a worker made for a driver before it died, for example.
 *
 * @param apiVersion with its group, as the object has it
 * @param plural of its kind, as in addresses
 */
public record OrphanedObject(
    Attempt attempt,
    String apiVersion,
    String kind,
    String plural,
    String namespace,
    String name,
    String uid) {

  /** Its address at the API server. */
  public String path() {
    String api = apiVersion.contains("/") ? "apis" : "api";
    return "/%s/%s/namespaces/%s/%s/%s".formatted(api, apiVersion, namespace, plural, name);
  }
}
