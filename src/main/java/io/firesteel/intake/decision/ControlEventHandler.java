package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.InboxMessage.CancelRequested;
import io.firesteel.inbox.InboxMessage.PriorityChanged;
import io.firesteel.inbox.InboxMessage.TenantResumed;
import io.firesteel.inbox.InboxMessage.TenantSuspended;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestRules;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides about control events: cancel, priority, suspend, resume. An invalid one becomes a dead
 * letter and never a result, because it must not end the job that it names. Pure.
 */
record ControlEventHandler(Definitions definitions) {

  private static final Rule<String> REASON = Rule.text(1024);

  Decision cancel(Envelope envelope, Optional<String> topicTenant) {
    return decide(
        envelope,
        topicTenant,
        controlEvent -> {
          JobKey key = controlEvent.job();
          String reason = controlEvent.fields.read("reason", REASON);
          return key == null ? null : new CancelRequested(key, controlEvent.origin(), reason);
        });
  }

  Decision priority(Envelope envelope, Optional<String> topicTenant) {
    return decide(
        envelope,
        topicTenant,
        controlEvent -> {
          JobKey key = controlEvent.job();
          Integer priority = controlEvent.fields.required("priority", Names.PRIORITY);
          return key == null || priority == null
              ? null
              : new PriorityChanged(key, controlEvent.origin(), priority);
        });
  }

  Decision suspend(Envelope envelope, Optional<String> topicTenant) {
    return operatorOnly(
        envelope, topicTenant, event -> new TenantSuspended(event.tenant, event.origin()));
  }

  Decision resume(Envelope envelope, Optional<String> topicTenant) {
    return operatorOnly(
        envelope, topicTenant, event -> new TenantResumed(event.tenant, event.origin()));
  }

  /** Only operators may suspend and resume, so a tenant's own topic is not accepted. */
  private Decision operatorOnly(
      Envelope envelope,
      Optional<String> topicTenant,
      Function<ControlEvent, @Nullable InboxMessage> reader) {
    if (topicTenant.isPresent()) {
      String text =
          "a tenant's own topic does not accept suspend and resume; send them to the shared request topic";
      return new Decision.DeadLetter(new Rejection(FailureReason.POLICY_DENIED, text));
    }
    return decide(envelope, topicTenant, reader);
  }

  private Decision decide(
      Envelope envelope,
      Optional<String> topicTenant,
      Function<ControlEvent, @Nullable InboxMessage> reader) {
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(envelope.data(), envelope.pointer(), errors);
    if (envelope.plain()) {
      fields.ignore(Envelope.PLAIN_FIELDS);
    }
    String named = fields.read("tenant", Names.DNS_LABEL);
    String tenant = topicTenant.orElse(named);
    InboxMessage message =
        reader.apply(new ControlEvent(envelope, fields, tenant == null ? "?" : tenant));
    fields.rejectUnknown();
    if (!errors.isEmpty()) {
      return new Decision.DeadLetter(Rejection.of(FailureReason.REQUEST_INVALID, errors));
    }
    if (tenant == null || message == null) {
      return new Decision.DeadLetter(Rejections.tenantMissing());
    }
    return accept(tenant, named, message);
  }

  private Decision accept(String tenant, @Nullable String named, InboxMessage message) {
    if (named != null && !named.equals(tenant)) {
      return new Decision.DeadLetter(Rejections.tenantMismatch(tenant, named));
    }
    return definitions
        .tenants()
        .find(tenant)
        .<Decision>map(_ -> new Decision.Accept(message))
        .orElseGet(
            () -> new Decision.DeadLetter(Rejections.tenantUnknown(tenant, definitions.tenants())));
  }

  /** A control event that is being read. */
  private record ControlEvent(Envelope envelope, FieldReader fields, String tenant) {

    Origin origin() {
      return envelope.origin();
    }

    @Nullable JobKey job() {
      String id = fields.required("jobId", RequestRules.JOB_ID);
      return id == null ? null : new JobKey(tenant, id);
    }
  }
}
