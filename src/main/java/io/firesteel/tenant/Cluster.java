package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's definition.
 *
 * @param kubeconfig the path of the kubeconfig; null for the one that every Kubernetes client would
 *     use
 * @param context of the kubeconfig; null for its current context
 * @param namespaces the watched namespaces; empty for all
 * @param abandoned whether an operator gave the cluster up: it is never called, and its jobs fail
 */
public record Cluster(
    String name,
    @Nullable String kubeconfig,
    @Nullable String context,
    Set<String> namespaces,
    boolean abandoned) {

  private static final int MAX_NAMESPACES = 10_000;

  public Cluster {
    namespaces = Set.copyOf(namespaces);
  }

  /** Reads the {@code spec} of a Cluster document; empty if errors were added. */
  public static Optional<Cluster> read(String name, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    Cluster cluster =
        new Cluster(
            name,
            fields.read("kubeconfig", Rule.text(4096)),
            fields.read("context", Rule.text(1024)),
            Set.copyOf(fields.list("namespaces", MAX_NAMESPACES, Names.DNS_LABEL)),
            Boolean.TRUE.equals(fields.read("abandoned", Rule.BOOLEAN)));
    fields.rejectUnknown();
    return errors.size() == before ? Optional.of(cluster) : Optional.empty();
  }

  /** Whether pods in a namespace are watched. */
  public boolean watches(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }
}
