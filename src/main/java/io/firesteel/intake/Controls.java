package io.firesteel.intake;

import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.InboxMessage.CancelRequested;
import io.firesteel.inbox.InboxMessage.PriorityChanged;
import io.firesteel.inbox.InboxMessage.TenantResumed;
import io.firesteel.inbox.InboxMessage.TenantSuspended;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import io.firesteel.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides about control events: cancel, priority, suspend, resume. A wrong one is a dead letter and
 * never a result, for the job that it means may be well. Pure.
 */
record Controls(Definitions definitions) {

  private static final Rule<String> WHY = Rule.text(1024);

  /** Ends a job. */
  Decision cancel(Envelope envelope, Optional<String> topicTenant) {
    return decide(
        envelope,
        topicTenant,
        order -> {
          JobKey key = order.job();
          String why = order.fields.read("reason", WHY);
          return key == null ? null : new CancelRequested(key, order.origin(), why);
        });
  }

  /** Moves a job. */
  Decision priority(Envelope envelope, Optional<String> topicTenant) {
    return decide(
        envelope,
        topicTenant,
        order -> {
          JobKey key = order.job();
          Integer priority = order.fields.required("priority", RequestRules.PRIORITY);
          return key == null || priority == null
              ? null
              : new PriorityChanged(key, order.origin(), priority);
        });
  }

  /** Stops a tenant's queue. */
  Decision suspend(Envelope envelope, Optional<String> topicTenant) {
    return operator(envelope, topicTenant, o -> new TenantSuspended(o.tenant, o.origin()));
  }

  /** Lets it go on. */
  Decision resume(Envelope envelope, Optional<String> topicTenant) {
    return operator(envelope, topicTenant, o -> new TenantResumed(o.tenant, o.origin()));
  }

  /** What only operators may do, so not by a tenant's own topic. */
  private Decision operator(
      Envelope envelope,
      Optional<String> topicTenant,
      Function<Order, @Nullable InboxMessage> reader) {
    if (topicTenant.isPresent()) {
      return dead(
          ErrorCode.POLICY_DENIED,
          "tenants are suspended and resumed by the topic of all tenants only");
    }
    return decide(envelope, topicTenant, reader);
  }

  private Decision decide(
      Envelope envelope,
      Optional<String> topicTenant,
      Function<Order, @Nullable InboxMessage> reader) {
    var problems = new ArrayList<Problem>();
    var fields = Fields.of(envelope.data(), envelope.pointer(), problems);
    if (envelope.plain()) {
      fields.ignore(PlainJson.FIELDS);
    }
    String named = fields.read("tenant", Tenant.NAME);
    String tenant = topicTenant.orElse(named);
    InboxMessage message = reader.apply(new Order(envelope, fields, tenant == null ? "?" : tenant));
    fields.noOthers();
    if (!problems.isEmpty()) {
      return new Decision.DeadLetter(Reason.of(ErrorCode.REQUEST_INVALID, problems));
    }
    if (tenant == null || message == null) {
      return new Decision.DeadLetter(Refusals.tenantMissing());
    }
    return send(tenant, named, message, problems);
  }

  private Decision send(
      String tenant, @Nullable String named, InboxMessage message, List<Problem> problems) {
    if (named != null && !named.equals(tenant)) {
      return new Decision.DeadLetter(Refusals.tenantMismatch(tenant, named));
    }
    return definitions
        .tenants()
        .find(tenant)
        .<Decision>map(known -> new Decision.Accept(known.cohort(), message))
        .orElseGet(
            () -> new Decision.DeadLetter(Refusals.tenantUnknown(tenant, definitions.tenants())));
  }

  private static Decision dead(ErrorCode code, String text) {
    return new Decision.DeadLetter(new Reason(code, text));
  }

  /** A control event while it is read. */
  private record Order(Envelope envelope, Fields fields, String tenant) {

    Origin origin() {
      return envelope.origin();
    }

    @Nullable JobKey job() {
      String id = fields.required("jobId", RequestRules.JOB_ID);
      return id == null ? null : new JobKey(tenant, id);
    }
  }
}
