package io.firesteel.tenant;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the clusters of this installation are called. Immutable. */
public record ClusterNames(Set<String> all) {

  /** The one that is meant where nothing is said, among several. */
  public static final String DEFAULT = "default";

  public ClusterNames {
    all = Set.copyOf(all);
  }

  /** The one cluster of an installation that sets none up. */
  public static final ClusterNames ONE = new ClusterNames(Set.of(DEFAULT));

  /**
   * The cluster that a tenant is bound to; empty when there is none of that name, or when nothing
   * is said and none is the default.
   */
  public Optional<String> find(@Nullable String asked) {
    if (asked != null) {
      return all.contains(asked) ? Optional.of(asked) : Optional.empty();
    }
    return all.size() == 1 ? all.stream().findFirst() : find(DEFAULT);
  }

  /** Why {@link #find} finds nothing, and how to remedy it. */
  public String missing(@Nullable String asked) {
    return asked == null
        ? "must name a cluster, since none is called %s: one of %s"
            .formatted(DEFAULT, new TreeSet<>(all))
        : "names no cluster of this installation; it has %s (firesteel.clusters)"
            .formatted(new TreeSet<>(all));
  }
}
