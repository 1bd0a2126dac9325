package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.rules.validation.Quantities;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Enforces resource quotas at creation: the number of objects in a namespace, and the requests and
 * limits of its live pods. Computes usage for each creation. Ignores quotas with scopes.
 */
final class ResourceQuotaAdmission {
  private static final Set<String> COUNTED =
      Set.of("pods", "services", "configmaps", "secrets", "persistentvolumeclaims");
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  private final ObjectStore store;

  ResourceQuotaAdmission(ObjectStore store) {
    this.store = store;
  }

  /** Rejects an object that would exceed a quota. Requires the lock of the store. */
  void admit(ObjectKey key, JsonNode object) {
    if (!key.kind().namespaced()) {
      return;
    }
    for (StoredObject quota :
        store.list(ResourceKinds.QUOTAS, SelectionPredicate.in(key.namespace())).items()) {
      if (JsonTrees.at(quota.json(), "spec", "scopes").isEmpty()) {
        check(quota, key, object);
      }
    }
  }

  private void check(StoredObject quota, ObjectKey key, JsonNode object) {
    List<String> requested = new ArrayList<>();
    List<String> used = new ArrayList<>();
    List<String> limited = new ArrayList<>();
    for (var hard : JsonTrees.at(quota.json(), "spec", "hard").properties()) {
      String name = hard.getKey();
      Optional<BigDecimal> asked = usage(name, key.kind(), object);
      BigDecimal before = used(name, key);
      Optional<BigDecimal> limit = Quantities.parse(hard.getValue().asText());
      boolean beyond =
          asked.isPresent()
              && limit.isPresent()
              && before.add(asked.get()).compareTo(limit.get()) > 0;
      if (beyond) {
        requested.add(name + "=" + plain(asked.get()));
        used.add(name + "=" + plain(before));
        limited.add(name + "=" + hard.getValue().asText());
      }
    }
    if (!requested.isEmpty()) {
      throw ApiException.forbidden(
          key,
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  quota.key().name(),
                  String.join(",", requested),
                  String.join(",", used),
                  String.join(",", limited)));
    }
  }

  private BigDecimal used(String name, ObjectKey key) {
    BigDecimal sum = BigDecimal.ZERO;
    for (StoredObject other :
        store.list(key.kind(), SelectionPredicate.in(key.namespace())).items()) {
      sum = sum.add(usage(name, key.kind(), other.json()).orElse(BigDecimal.ZERO));
    }
    return sum;
  }

  /** The share of an object in a quota; empty if the quota does not count it. */
  private static Optional<BigDecimal> usage(String name, ResourceKind kind, JsonNode object) {
    if (name.equals("count/" + kind.groupResource())) {
      return Optional.of(BigDecimal.ONE);
    }
    boolean over = kind.isPod() && FINISHED.contains(JsonTrees.text(object, "status", "phase"));
    if (name.equals(kind.plural()) && kind.group().isEmpty() && COUNTED.contains(name)) {
      return Optional.of(over ? BigDecimal.ZERO : BigDecimal.ONE);
    }
    if (!kind.isPod()) {
      return Optional.empty();
    }
    return switch (name) {
      case "cpu", "requests.cpu" ->
          Optional.of(over ? BigDecimal.ZERO : sum(object, "requests", "cpu"));
      case "memory", "requests.memory" ->
          Optional.of(over ? BigDecimal.ZERO : sum(object, "requests", "memory"));
      case "limits.cpu" -> Optional.of(over ? BigDecimal.ZERO : sum(object, "limits", "cpu"));
      case "limits.memory" -> Optional.of(over ? BigDecimal.ZERO : sum(object, "limits", "memory"));
      default -> Optional.empty();
    };
  }

  private static BigDecimal sum(JsonNode pod, String field, String resource) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode container : JsonTrees.at(pod, "spec", "containers")) {
      String amount = JsonTrees.text(container, "resources", field, resource);
      sum = sum.add(Quantities.parse(amount).orElse(BigDecimal.ZERO));
    }
    return sum;
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
