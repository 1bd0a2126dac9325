package io.firesteel.local.kubernetes.store;

import io.firesteel.local.kubernetes.store.ResourceKind.Scope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every kind that the API serves. */
public final class ResourceKinds {
  private static final Set<String> STATUS = Set.of("status");

  public static final ResourceKind NAMESPACES = cluster("", "v1", "Namespace", "namespaces", "ns");
  public static final ResourceKind PODS =
      new ResourceKind(
          "",
          "v1",
          "Pod",
          "pods",
          Scope.NAMESPACED,
          List.of("po"),
          Set.of("status", "log", "binding", "eviction"));
  static final ResourceKind SERVICES = live("", "v1", "Service", "services", "svc");
  public static final ResourceKind CONFIG_MAPS = plain("", "v1", "ConfigMap", "configmaps", "cm");
  static final ResourceKind SECRETS = plain("", "v1", "Secret", "secrets");
  public static final ResourceKind SERVICE_ACCOUNTS =
      plain("", "v1", "ServiceAccount", "serviceaccounts", "sa");
  static final ResourceKind NODES = cluster("", "v1", "Node", "nodes", "no");
  public static final ResourceKind EVENTS = plain("", "v1", "Event", "events", "ev");
  static final ResourceKind CLAIMS =
      live("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc");
  public static final ResourceKind QUOTAS =
      live("", "v1", "ResourceQuota", "resourcequotas", "quota");

  public static final ResourceKind LIMIT_RANGES =
      plain("", "v1", "LimitRange", "limitranges", "limits");

  private static final List<ResourceKind> ALL =
      List.of(
          NAMESPACES,
          NODES,
          PODS,
          SERVICES,
          CONFIG_MAPS,
          SECRETS,
          SERVICE_ACCOUNTS,
          EVENTS,
          CLAIMS,
          QUOTAS,
          LIMIT_RANGES,
          live("networking.k8s.io", "v1", "Ingress", "ingresses", "ing"),
          live("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
          cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "pc"),
          live("scheduling.volcano.sh", "v1beta1", "PodGroup", "podgroups", "pg"),
          live("scheduling.x-k8s.io", "v1alpha1", "PodGroup", "podgroups", "podgroup"));

  private static final Map<String, ResourceKind> BY_PATH = byPath();

  private ResourceKinds() {}

  public static List<ResourceKind> all() {
    return ALL;
  }

  public static Optional<ResourceKind> find(String group, String version, String plural) {
    return Optional.ofNullable(BY_PATH.get(path(group, version, plural)));
  }

  /** Finds a kind by its plural; the first one if several groups have it. */
  public static Optional<ResourceKind> named(String plural) {
    return ALL.stream().filter(kind -> kind.is(plural)).findFirst();
  }

  /** Groups in table order, with their version. */
  public static Map<String, String> groups() {
    Map<String, String> groups = new LinkedHashMap<>();
    ALL.forEach(kind -> groups.put(kind.group(), kind.version()));
    return groups;
  }

  private static Map<String, ResourceKind> byPath() {
    Map<String, ResourceKind> index = new HashMap<>();
    ALL.forEach(kind -> index.put(path(kind.group(), kind.version(), kind.plural()), kind));
    return Map.copyOf(index);
  }

  private static String path(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }

  private static ResourceKind plain(
      String group, String version, String kind, String plural, String... shortNames) {
    return new ResourceKind(
        group, version, kind, plural, Scope.NAMESPACED, Arrays.asList(shortNames), Set.of());
  }

  private static ResourceKind live(
      String group, String version, String kind, String plural, String... shortNames) {
    return new ResourceKind(
        group, version, kind, plural, Scope.NAMESPACED, Arrays.asList(shortNames), STATUS);
  }

  private static ResourceKind cluster(
      String group, String version, String kind, String plural, String... shortNames) {
    return new ResourceKind(
        group, version, kind, plural, Scope.CLUSTER, Arrays.asList(shortNames), STATUS);
  }
}
