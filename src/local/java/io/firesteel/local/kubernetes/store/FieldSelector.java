package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A field selector such as {@code status.phase=Running,spec.nodeName!=laptop}. Only fields that the
 * real server indexes are valid.
 */
public record FieldSelector(List<Requirement> requirements) {

  public static final FieldSelector ALL = new FieldSelector(List.of());

  private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");
  private static final Set<String> OF_PODS =
      Set.of(
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.schedulerName",
          "spec.serviceAccountName",
          "spec.hostNetwork",
          "status.phase",
          "status.podIP",
          "status.nominatedNodeName");
  private static final Set<String> OF_EVENTS =
      Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type");

  public FieldSelector {
    requirements = List.copyOf(requirements);
  }

  /** A comparison of one field. */
  public record Requirement(String field, boolean equal, String value) {
    boolean matches(JsonNode object) {
      return equal == value.equals(valueOf(object));
    }

    private String valueOf(JsonNode object) {
      return field.equals("source")
          ? JsonTrees.text(object, "source", "component")
          : JsonTrees.text(object, field.split("\\.", -1));
    }
  }

  public static FieldSelector parse(ResourceKind kind, String text) {
    List<Requirement> found = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        found.add(requirement(kind, part));
      }
    }
    return found.isEmpty() ? ALL : new FieldSelector(found);
  }

  boolean matches(JsonNode object) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(object)) {
        return false;
      }
    }
    return true;
  }

  private static Requirement requirement(ResourceKind kind, String part) {
    int equals = part.indexOf('=');
    if (equals < 1) {
      throw ApiException.badRequest(
          "invalid selector: '"
              + part
              + "'; can't understand it: write field=value or field!=value");
    }
    boolean negated = part.charAt(equals - 1) == '!';
    String field = part.substring(0, negated ? equals - 1 : equals).strip();
    int valueAt = part.startsWith("==", equals) ? equals + 2 : equals + 1;
    return new Requirement(known(kind, field), !negated, part.substring(valueAt).strip());
  }

  private static String known(ResourceKind kind, String field) {
    boolean known =
        COMMON.contains(field)
            || (kind.isPod() && OF_PODS.contains(field))
            || (kind.is("events") && OF_EVENTS.contains(field))
            || (kind.is("secrets") && field.equals("type"))
            || (kind.is("namespaces") && field.equals("status.phase"))
            || (kind.is("nodes") && field.equals("spec.unschedulable"));
    if (!known) {
      throw ApiException.badRequest("field label not supported: " + field);
    }
    return field;
  }
}
