package io.firesteel.local.kubernetes.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log. Absent texts are empty, absent lists are empty; no entry ever holds a
 * Secret's data or the value of an environment variable.
 *
 * @param when milliseconds since 1970
 * @param at the same moment in ISO 8601
 * @param verb {@code create}, {@code update}, {@code patch}, {@code apply}, {@code bind}, {@code
 *     delete} (somebody asked) or {@code remove} (the object has left the store)
 * @param resource for example {@code pods} or {@code podgroups.scheduling.volcano.sh}
 * @param subresource for example {@code status}
 * @param code the HTTP status; 409 and its like are refused writes, which changed nothing
 * @param reason why it was refused
 * @param phase a pod's phase after the write
 * @param node the node a pod is bound to
 * @param deleting whether a deletionTimestamp is set after the write
 * @param containers a pod's containers that have a state
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuditEntry(
    long when,
    String at,
    String verb,
    String resource,
    String subresource,
    String namespace,
    String name,
    String uid,
    String user,
    String userAgent,
    int code,
    String reason,
    String phase,
    String node,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleting,
    Map<String, String> labels,
    List<Owner> ownerReferences,
    List<ContainerState> containers) {

  public AuditEntry {
    subresource = orEmpty(subresource);
    namespace = orEmpty(namespace);
    uid = orEmpty(uid);
    userAgent = orEmpty(userAgent);
    reason = orEmpty(reason);
    phase = orEmpty(phase);
    node = orEmpty(node);
    labels = Map.copyOf(Objects.requireNonNullElse(labels, Map.of()));
    ownerReferences = List.copyOf(Objects.requireNonNullElse(ownerReferences, List.of()));
    containers = List.copyOf(Objects.requireNonNullElse(containers, List.of()));
  }

  /** One owner reference. */
  public record Owner(String kind, String name, String uid) {}

  /**
   * The state of a container.
   *
   * @param state {@code waiting}, {@code running} or {@code terminated}
   * @param reason from the kubelet, for example {@code OOMKilled}
   * @param exitCode null unless terminated
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ContainerState(
      String name, String state, @Nullable String reason, @Nullable Integer exitCode) {

    public ContainerState {
      reason = orEmpty(reason);
    }
  }

  /** Whether the write succeeded. */
  public boolean succeeded() {
    return code < 300;
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
