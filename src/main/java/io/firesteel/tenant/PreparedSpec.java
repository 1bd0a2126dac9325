package io.firesteel.tenant;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.job.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A spec with what the tenant's definition adds or replaces: Spark properties, service accounts,
 * and whether containers may run as root.
 *
 * @param warnings fields of the request that were replaced
 */
public record PreparedSpec(JsonNode spec, List<Warning> warnings) {

  private static final List<String> ROLES = List.of("driver", "executor");

  public PreparedSpec {
    warnings = List.copyOf(warnings);
  }

  /** Prepares a spec; a malformed one stays as it is, for its reader to report. */
  static PreparedSpec of(TenantPolicy policy, JsonNode requested) {
    if (!requested.isObject()) {
      return new PreparedSpec(requested, List.of());
    }
    ObjectNode spec = requested.deepCopy();
    var warnings = new ArrayList<Warning>();
    properties(policy.tenant().policy(), spec);
    if (policy.tenant().replacesServiceAccounts()) {
      replaceServiceAccounts(policy, spec, warnings);
    }
    for (String role : ROLES) {
      if (spec.get(role) instanceof ObjectNode pod) {
        rootUser(policy.tenant().policy().rootUser(), pod);
      }
    }
    return new PreparedSpec(spec, warnings);
  }

  private static void properties(PolicySettings policy, ObjectNode spec) {
    JsonNode requested = spec.path("sparkConf");
    boolean noProperties = policy.defaultConf().isEmpty() && policy.enforcedConf().isEmpty();
    if (noProperties || !(requested.isObject() || requested.isMissingNode())) {
      return;
    }
    ObjectNode conf = spec.putObject("sparkConf");
    new TreeMap<>(policy.defaultConf()).forEach(conf::put);
    requested.properties().forEach(field -> conf.set(field.getKey(), field.getValue()));
    new TreeMap<>(policy.enforcedConf()).forEach(conf::put);
  }

  /** Removes the accounts that the job does not use; without one, the pods use the tenant's. */
  private static void replaceServiceAccounts(
      TenantPolicy policy, ObjectNode spec, List<Warning> warnings) {
    String account = policy.placement(spec).serviceAccount();
    for (String role : ROLES) {
      Stream.of(
              "serviceAccount", "template/spec/serviceAccountName", "template/spec/serviceAccount")
          .map(field -> "/" + role + "/" + field)
          .filter(pointer -> isOther(spec.at(pointer), account))
          .forEach(pointer -> {
            JsonPointer field = JsonPointer.compile(pointer);
            ((ObjectNode) spec.at(field.head())).remove(field.last().getMatchingProperty());
            warnings.add(
                Warning.ignored(
                    pointer,
                    "is replaced by the service account %s (otherServiceAccounts)"
                        .formatted(account)));
          });
    }
  }

  private static boolean isOther(JsonNode named, String account) {
    return named.isTextual() && !named.textValue().isEmpty() && !named.textValue().equals(account);
  }

  /**
   * Says in the security context of a pod whether its containers may run as root, unless it says so
   * itself. A pod without a context gets the default of every driver if root is not allowed.
   */
  private static void rootUser(boolean allowed, ObjectNode pod) {
    if (pod.get("podSecurityContext") instanceof ObjectNode context) {
      runAsNonRoot(allowed, context);
    } else if (pod.at("/template/spec/securityContext") instanceof ObjectNode context) {
      runAsNonRoot(allowed, context);
    } else if (allowed && !pod.hasNonNull("podSecurityContext")) {
      ObjectNode context = pod.putObject("podSecurityContext").put("runAsNonRoot", false);
      context.putObject("seccompProfile").put("type", "RuntimeDefault");
    }
  }

  private static void runAsNonRoot(boolean rootAllowed, ObjectNode context) {
    if (!context.hasNonNull("runAsNonRoot")) {
      context.put("runAsNonRoot", !rootAllowed);
    }
  }
}
