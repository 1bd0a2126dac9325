package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.json.Printable;
import io.firesteel.json.Suggestions;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenants;

/** Rejections of more than one kind of message. */
final class Rejections {

  private Rejections() {}

  static Rejection tenantMissing() {
    return new Rejection(
        FailureReason.TENANT_MISSING,
        "the request names no tenant; add the field tenant, or send it to the tenant's own topic");
  }

  static Rejection messageTooLarge(int bytes, int max) {
    return new Rejection(
        FailureReason.MESSAGE_TOO_LARGE,
        "the value has %d bytes, the limit is %d (firesteel.intake.max-message-bytes); put large data in an object store"
            .formatted(bytes, max));
  }

  static Rejection tenantUnknown(String tenant, Tenants tenants) {
    String hint =
        Suggestions.closestTo(tenant, tenants.byName().keySet())
            .map(near -> "; did you mean " + near + "?")
            .orElse("");
    return new Rejection(
        FailureReason.TENANT_UNKNOWN,
        "tenant %s is not defined%s".formatted(Printable.of(tenant), hint));
  }

  /** Does not reveal whether other tenants have a template of that name. */
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
        "template %s is not defined or does not allow tenant %s%s"
            .formatted(Printable.of(name), tenant, hint));
  }

  static Rejection tenantMismatch(String tenant, String named) {
    return new Rejection(
        FailureReason.TENANT_MISMATCH,
        "the message names tenant %s, but the topic belongs to tenant %s".formatted(named, tenant));
  }
}
