package io.firesteel.tenant;

/** Rules for fields that a list of {@link AllowSetting} alone does not decide. */
enum FieldRule {
  HOST_NETWORK("`allow.hostNetwork`"),
  PRIVILEGED("`allow.privileged`"),
  ROOT_USER("`allow.rootUser`"),
  SERVICE_ACCOUNT("`serviceAccount`, `allow.serviceAccounts`, `otherServiceAccounts`"),
  RESOURCES("`perJob.resources`"),
  TOLERATION("`allow.tolerations`, by the key of the taint"),
  VOLUME("`allow.volumes`"),
  POD_ANNOTATIONS("`allow.annotations`; `allow.privileged` for AppArmor's `unconfined`"),
  LABELS("`allow.priorityClasses`, for Kueue's label `kueue.x-k8s.io/priority-class`"),
  BATCH_SCHEDULER("`allow.schedulers`, except for `kueue`, which is not a scheduler"),
  INGRESS_RULE("`allow.ingressHosts`; `*` for an Ingress without a host"),
  INGRESS_URL("`allow.ingressHosts`"),
  JVM_OPTIONS("nobody: Spark properties as JVM options are always denied"),
  NAMESPACE("nobody: a namespace other than the tenant's is always denied"),
  CLEANUP("nobody: it would interfere with the cleanup of the job"),
  MASTER("nobody: Firesteel sets it");

  private final String decidedBy;

  FieldRule(String decidedBy) {
    this.decidedBy = decidedBy;
  }

  /** What decides, for the documentation. */
  String decidedBy() {
    return decidedBy;
  }
}
