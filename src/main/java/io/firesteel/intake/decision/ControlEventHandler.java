package io.firesteel.intake.decision;

import io.firesteel.json.Names;
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
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides about control events: cancel, priority, suspend, resume. A wrong one is a dead letter and
 * never a result, for the job that it means may be well. Pure.
 */
record ControlEventHandler(Definitions definitions) {

  private static final Rule<String> REASON = Rule.text(1024);

  /** Ends a job. */
  Decision cancel(Envelope envelope, Optional<String> topicTenant) {
    return decide(
        envelope,
        topicTenant,
        controlEvent -> {
          JobKey key = controlEvent.job();
          String why = controlEvent.fields.read("reason", REASON);
          return key == null ? null : new CancelRequested(key, controlEvent.origin(), why);
        });
  }

  /** Moves a job. */
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

  /** Stops a tenant's queue. */
  Decision suspend(Envelope envelope, Optional<String> topicTenant) {
    return operatorOnly(envelope, topicTenant, o -> new TenantSuspended(o.tenant, o.origin()));
  }

  /** Lets it go on. */
  Decision resume(Envelope envelope, Optional<String> topicTenant) {
    return operatorOnly(envelope, topicTenant, o -> new TenantResumed(o.tenant, o.origin()));
  }

  /** What only operators may do, so not by a tenant's own topic. */
  private Decision operatorOnly(
      Envelope envelope,
      Optional<String> topicTenant,
      Function<ControlEvent, @Nullable InboxMessage> reader) {
    if (topicTenant.isPresent()) {
      return deadLetter(
          FailureReason.POLICY_DENIED,
          "tenants are suspended and resumed by the topic of all tenants only");
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
    return send(tenant, named, message, errors);
  }

  private Decision send(
      String tenant, @Nullable String named, InboxMessage message, List<ValidationError> errors) {
    if (named != null && !named.equals(tenant)) {
      return new Decision.DeadLetter(Rejections.tenantMismatch(tenant, named));
    }
    return definitions
        .tenants()
        .find(tenant)
        .<Decision>map(known -> new Decision.Accept(known.cohort(), message))
        .orElseGet(
            () -> new Decision.DeadLetter(Rejections.tenantUnknown(tenant, definitions.tenants())));
  }

  private static Decision deadLetter(FailureReason code, String text) {
    return new Decision.DeadLetter(new Rejection(code, text));
  }

  /** A control event while it is read. */
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
