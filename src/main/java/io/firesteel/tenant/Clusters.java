package io.firesteel.tenant;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of this installation at one moment. The one called {@value #DEFAULT} always exists:
 * unless a document defines it, it is the one that every Kubernetes client would use. Immutable.
 */
public record Clusters(Map<String, Cluster> byName) {

  /** The cluster of a tenant that names none. */
  public static final String DEFAULT = "default";

  /** The clusters of an installation that defines none. */
  public static final Clusters ONE = of(Set.of());

  public Clusters {
    byName = Map.copyOf(byName);
  }

  /** These clusters, and the default one. */
  public static Clusters of(Collection<Cluster> defined) {
    var byName = new TreeMap<String, Cluster>();
    byName.put(DEFAULT, new Cluster(DEFAULT, null, null, Set.of(), false));
    defined.forEach(cluster -> byName.put(cluster.name(), cluster));
    return new Clusters(byName);
  }

  /** The name of a cluster, if a tenant's definition may leave it out. */
  public static String nameOf(@Nullable String name) {
    return name == null ? DEFAULT : name;
  }

  /** The cluster of a tenant; empty if none has the name. */
  public Optional<Cluster> find(@Nullable String name) {
    return Optional.ofNullable(byName.get(nameOf(name)));
  }

  /** The error if {@link #find} is empty. */
  public String missing(@Nullable String name) {
    return "refers to cluster %s, which is not defined; defined are %s"
        .formatted(nameOf(name), String.join(", ", new TreeSet<>(byName.keySet())));
  }
}
