package io.firesteel.local.kubernetes.store;

import java.util.List;
import java.util.Set;

/**
 * One kind of object and its discovery data. Kinds are equal if group, version and plural are.
 *
 * @param subresources for example {@code status} or {@code log}
 */
public record ResourceKind(
    String group,
    String version,
    String kind,
    String plural,
    Scope scope,
    List<String> shortNames,
    Set<String> subresources) {

  /** Where objects of a kind live. */
  enum Scope {
    NAMESPACED,
    CLUSTER
  }

  public ResourceKind {
    shortNames = List.copyOf(shortNames);
    subresources = Set.copyOf(subresources);
  }

  public boolean namespaced() {
    return scope == Scope.NAMESPACED;
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** As in error messages: {@code pods} or {@code podgroups.scheduling.volcano.sh}. */
  public String groupResource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  public boolean hasStatus() {
    return subresources.contains("status");
  }

  public boolean is(String otherPlural) {
    return plural.equals(otherPlural);
  }

  public boolean isPod() {
    return this == ResourceKinds.PODS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceKind(String g, String v, _, String p, _, _, _)
        && group.equals(g)
        && version.equals(v)
        && plural.equals(p);
  }

  @Override
  public int hashCode() {
    return plural.hashCode() * 31 + group.hashCode();
  }
}
