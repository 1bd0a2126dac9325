package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.validation.Quantities;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives containers the defaults of limit ranges and enforces {@code max} and {@code min}; ignores
 * what else is there.
 */
final class LimitRangeAdmission {
  private final ObjectStore store;

  LimitRangeAdmission(ObjectStore store) {
    this.store = store;
  }

  /** Adds what containers do not say themselves. */
  void addDefaults(ObjectKey key, JsonNode pod) {
    for (JsonNode rule : rules(key)) {
      for (String containers : List.of("initContainers", "containers")) {
        for (JsonNode container : JsonTrees.at(pod, "spec", containers)) {
          addDefaults(rule, ((ObjectNode) container).withObject("/resources"));
        }
      }
    }
  }

  /** Rejects a pod with a container beyond the bounds. */
  void admit(ObjectKey key, JsonNode pod) {
    List<String> problems = new ArrayList<>();
    for (JsonNode rule : rules(key)) {
      JsonTrees.at(pod, "spec", "containers")
          .forEach(container -> check(rule, container.path("resources"), problems));
    }
    if (!problems.isEmpty()) {
      String all = String.join(", ", problems);
      throw ApiException.forbidden(key, problems.size() == 1 ? all : "[" + all + "]");
    }
  }

  private List<JsonNode> rules(ObjectKey key) {
    List<JsonNode> rules = new ArrayList<>();
    for (StoredObject range :
        store.list(ResourceKinds.LIMIT_RANGES, SelectionPredicate.in(key.namespace())).items()) {
      for (JsonNode rule : JsonTrees.at(range.json(), "spec", "limits")) {
        if (rule.path("type").asText().equals("Container")) {
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  /**
   * What a rule says of limits also holds for requests; a maximum without a default is the default
   * limit, and a minimum the default request.
   */
  private static void addDefaults(JsonNode rule, ObjectNode resources) {
    ObjectNode limits = resources.withObject("/limits");
    ObjectNode requests = resources.withObject("/requests");
    addMissing(requests, rule.path("defaultRequest"));
    for (String defaults : List.of("default", "max")) {
      addMissing(limits, rule.path(defaults));
      addMissing(requests, rule.path(defaults));
    }
    addMissing(requests, rule.path("min"));
  }

  private static void addMissing(ObjectNode amounts, JsonNode defaults) {
    defaults
        .properties()
        .forEach(amount -> amounts.putIfAbsent(amount.getKey(), amount.getValue()));
  }

  private static void check(JsonNode rule, JsonNode resources, List<String> problems) {
    rule.path("max")
        .properties()
        .forEach(max -> {
          String limit = JsonTrees.text(resources, "limits", max.getKey());
          String most = max.getValue().asText();
          if (limit.isEmpty()) {
            problems.add(
                "maximum %s usage per Container is %s.  No limit is specified"
                    .formatted(max.getKey(), most));
          } else if (compare(limit, most) > 0) {
            problems.add(
                "maximum %s usage per Container is %s, but limit is %s"
                    .formatted(max.getKey(), most, limit));
          }
        });
    rule.path("min")
        .properties()
        .forEach(min -> {
          String request = JsonTrees.text(resources, "requests", min.getKey());
          String least = min.getValue().asText();
          if (request.isEmpty()) {
            problems.add(
                "minimum %s usage per Container is %s.  No request is specified"
                    .formatted(min.getKey(), least));
          } else if (compare(request, least) < 0) {
            problems.add(
                "minimum %s usage per Container is %s, but request is %s"
                    .formatted(min.getKey(), least, request));
          }
        });
  }

  private static int compare(String amount, String other) {
    Optional<BigDecimal> left = Quantities.parse(amount);
    Optional<BigDecimal> right = Quantities.parse(other);
    return left.isEmpty() || right.isEmpty() ? 0 : left.get().compareTo(right.get());
  }
}
