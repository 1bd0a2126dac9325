package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.json.Printable;
import io.firesteel.json.Suggestions;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenants;

/** Reasons that several kinds of messages are refused for. */
final class Rejections {

  private Rejections() {}

  static Rejection tenantMissing() {
    return new Rejection(
        FailureReason.TENANT_MISSING,
        "nothing says which tenant asks; add the field tenant or send to the tenant's own topic");
  }

  static Rejection tenantUnknown(String tenant, Tenants tenants) {
    String hint =
        Suggestions.closestTo(tenant, tenants.byName().keySet())
            .map(near -> "; did you mean " + near + "?")
            .orElse("");
    return new Rejection(
        FailureReason.TENANT_UNKNOWN, "there is no tenant " + Printable.of(tenant) + hint);
  }

  /** A template of others is as unknown as one that does not exist. */
  static Rejection templateUnknown(String name, String tenant, Definitions definitions) {
    var known =
        definitions.templates().values().stream()
            .filter(template -> template.allows(tenant))
            .map(JobTemplate::name)
            .toList();
    String hint =
        Suggestions.closestTo(name, known).map(near -> "; did you mean " + near + "?").orElse("");
    return new Rejection(
        FailureReason.TEMPLATE_UNKNOWN,
        "there is no template " + Printable.of(name) + " for tenant " + tenant + hint);
  }

  static Rejection tenantMismatch(String tenant, String named) {
    return new Rejection(
        FailureReason.TENANT_MISMATCH,
        "the message names tenant %s, but this topic is for %s".formatted(named, tenant));
  }
}
