package io.firesteel.intake;

import io.firesteel.definitions.Definitions;
import io.firesteel.job.ErrorCode;
import io.firesteel.json.Nearest;
import io.firesteel.json.Printable;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenants;

/** Reasons that several kinds of messages are refused for. */
final class Refusals {

  private Refusals() {}

  static Reason tenantMissing() {
    return new Reason(
        ErrorCode.TENANT_MISSING,
        "nothing says which tenant asks; add the field tenant or send to the tenant's own topic");
  }

  static Reason tenantUnknown(String tenant, Tenants tenants) {
    String hint =
        Nearest.to(tenant, tenants.byName().keySet())
            .map(near -> "; did you mean " + near + "?")
            .orElse("");
    return new Reason(
        ErrorCode.TENANT_UNKNOWN, "there is no tenant " + Printable.of(tenant) + hint);
  }

  /** A template of others is as unknown as one that does not exist. */
  static Reason templateUnknown(String name, String tenant, Definitions definitions) {
    var known =
        definitions.templates().values().stream()
            .filter(template -> template.isFor(tenant))
            .map(JobTemplate::name)
            .toList();
    String hint = Nearest.to(name, known).map(near -> "; did you mean " + near + "?").orElse("");
    return new Reason(
        ErrorCode.TEMPLATE_UNKNOWN,
        "there is no template " + Printable.of(name) + " for tenant " + tenant + hint);
  }

  static Reason tenantMismatch(String tenant, String named) {
    return new Reason(
        ErrorCode.TENANT_MISMATCH,
        "the message names tenant %s, but this topic is for %s".formatted(named, tenant));
  }
}
