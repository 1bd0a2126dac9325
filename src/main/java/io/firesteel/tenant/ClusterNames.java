package io.firesteel.tenant;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names of the clusters of this installation. Immutable. */
public record ClusterNames(Set<String> all) {

  /** The cluster of a tenant that names none, if there are several. */
  public static final String DEFAULT = "default";

  public ClusterNames {
    all = Set.copyOf(all);
  }

  /** The cluster of an installation whose settings name none. */
  public static final ClusterNames ONE = new ClusterNames(Set.of(DEFAULT));

  /**
   * The cluster of a tenant; empty if no cluster has the name, or if the tenant names none and
   * there is no default.
   */
  public Optional<String> find(@Nullable String name) {
    if (name != null) {
      return all.contains(name) ? Optional.of(name) : Optional.empty();
    }
    return all.size() == 1 ? all.stream().findFirst() : find(DEFAULT);
  }

  /** The error if {@link #find} is empty. */
  public String missing(@Nullable String name) {
    return name == null
        ? "is missing, and no cluster is called %s; name one of %s"
            .formatted(DEFAULT, new TreeSet<>(all))
        : "refers to cluster %s, which firesteel.clusters does not define; it defines %s"
            .formatted(name, new TreeSet<>(all));
  }
}
