package io.firesteel.tenant;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The lists of {@code allow} in a tenant's definition. */
enum AllowSetting {
  IMAGES("images", "image", AllowList.ALL),
  SECRETS("secrets", "Secret", AllowList.ALL),
  ANNOTATIONS("annotations", "annotation", AllowList.ALL),
  SERVICE_ACCOUNTS("serviceAccounts", "service account", AllowList.NONE),
  PROXY_USERS("proxyUsers", "proxy user", AllowList.NONE),
  CONF("conf", "Spark property", AllowList.NONE),
  HOST_PATHS("hostPaths", "host path", AllowList.NONE),
  VOLUMES("volumes", "volume type", AllowList.NONE),
  INGRESS_HOSTS("ingressHosts", "Ingress host", AllowList.NONE),
  INGRESS_ANNOTATIONS("ingressAnnotations", "Ingress annotation", AllowList.NONE),
  SERVICE_TYPES("serviceTypes", "Service type", AllowList.NONE, "ClusterIP"),
  SERVICE_ANNOTATIONS("serviceAnnotations", "Service annotation", AllowList.NONE),
  PRIORITY_CLASSES("priorityClasses", "priority class", AllowList.NONE),
  SCHEDULERS("schedulers", "scheduler", AllowList.NONE, "default-scheduler"),
  TOLERATIONS("tolerations", "toleration of the taint", AllowList.NONE),
  NODE_NAMES("nodeNames", "node", AllowList.NONE),
  RUNTIME_CLASSES("runtimeClasses", "runtime class", AllowList.NONE),
  FIELDS("fields", "field", AllowList.NONE);

  private final String field;
  private final String noun;
  private final AllowList byDefault;
  private final List<String> always;

  AllowSetting(String field, String noun, AllowList byDefault, String... always) {
    this.field = field;
    this.noun = noun;
    this.byDefault = byDefault;
    this.always = List.of(always);
  }

  /** The setting of a field of {@code allow}. */
  static Optional<AllowSetting> of(String field) {
    return Arrays.stream(values()).filter(setting -> setting.field.equals(field)).findFirst();
  }

  /** Its field in {@code allow}. */
  String field() {
    return field;
  }

  /** The list if a definition has none. */
  AllowList byDefault() {
    return byDefault.or(always);
  }

  /** The list of a definition, with the values that every tenant may use. */
  AllowList of(List<String> patterns) {
    return new AllowList(patterns).or(always);
  }

  /** The error for a value that a list does not allow. */
  String denied(String value, AllowList list) {
    return list.denied(noun, value, "allow." + field);
  }
}
