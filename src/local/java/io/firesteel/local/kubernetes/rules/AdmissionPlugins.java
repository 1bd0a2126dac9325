package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.rules.validation.ObjectValidation;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKinds;

/** The admission plugins that may reject a new object, in the order of the real server. */
final class AdmissionPlugins {
  private final ObjectStore store;
  private final LimitRangeAdmission limitRanges;
  private final PodSecurityAdmission podSecurity;
  private final ResourceQuotaAdmission quotas;

  AdmissionPlugins(ObjectStore store) {
    this.store = store;
    this.limitRanges = new LimitRangeAdmission(store);
    this.podSecurity = new PodSecurityAdmission(store);
    this.quotas = new ResourceQuotaAdmission(store);
  }

  /**
   * Completes a pod by the defaults of its namespace, and rejects an object that breaks a rule of
   * it. Requires the lock of the store.
   */
  void admit(ObjectKey key, JsonNode object) {
    if (key.kind().isPod()) {
      limitRanges.addDefaults(key, object);
      ObjectValidation.validateCreate(key, object);
      limitRanges.admit(key, object);
      serviceAccountExists(key, JsonTrees.text(object, "spec", "serviceAccountName"));
      podSecurity.admit(key, object);
    }
    quotas.admit(key, object);
  }

  /** As the ServiceAccount admission plugin; {@code default} always exists. */
  private void serviceAccountExists(ObjectKey key, String account) {
    if (account.isEmpty() || account.equals("default")) {
      return;
    }
    if (store.get(new ObjectKey(ResourceKinds.SERVICE_ACCOUNTS, key.namespace(), account))
        == null) {
      throw ApiException.forbidden(
          key,
          "error looking up service account %s/%s: serviceaccount \"%s\" not found"
              .formatted(key.namespace(), account, account));
    }
  }
}
