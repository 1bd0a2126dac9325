package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.job.Sha256;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import io.firesteel.workflow.spec.WorkflowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides about events that cancel or retry a workflow. An invalid one becomes a dead letter. Pure.
 */
record WorkflowEventHandler(Definitions definitions) {

  private static final Rule<String> REASON = Rule.text(1024);

  /** Leaves room within the longest id of a workflow. */
  private static final int MAX_RETRIED = 100;

  Decision decide(RequestEventType type, Envelope envelope, Optional<String> topicTenant) {
    List<ValidationError> errors = new ArrayList<>();
    FieldReader fields = FieldReader.of(envelope.data(), envelope.pointer(), errors);
    if (envelope.plain()) {
      fields.ignore(Envelope.PLAIN_FIELDS);
    }
    String named = fields.read("tenant", Names.DNS_LABEL);
    String id = fields.required("workflowId", WorkflowReader.ID);
    boolean cancel = type == RequestEventType.WORKFLOW_CANCEL;
    String reason = cancel ? fields.read("reason", REASON) : null;
    String retryId = cancel ? null : fields.read("retryId", WorkflowReader.ID);
    fields.rejectUnknown();
    if (!errors.isEmpty() || id == null) {
      return new Decision.DeadLetter(Rejection.of(FailureReason.REQUEST_INVALID, errors));
    }
    String tenant = topicTenant.orElse(named);
    if (tenant == null) {
      return new Decision.DeadLetter(Rejections.tenantMissing());
    }
    if (named != null && !named.equals(tenant)) {
      return new Decision.DeadLetter(Rejections.tenantMismatch(tenant, named));
    }
    if (definitions.tenants().find(tenant).isEmpty()) {
      return new Decision.DeadLetter(Rejections.tenantUnknown(tenant, definitions.tenants()));
    }
    WorkflowKey key = new WorkflowKey(tenant, id);
    Origin origin = envelope.origin();
    return new Decision.AcceptWorkflow(
        cancel
            ? new WorkflowMessage.CancelRequested(key, origin, reason)
            : new WorkflowMessage.RetryRequested(
                key, retryId == null ? retryOf(id, origin) : retryId, origin));
  }

  /** The same event always gives the same id. */
  private static String retryOf(String id, Origin origin) {
    String digest = Sha256.of(origin.source() + "\0" + origin.id()).substring(0, 16);
    return id.substring(0, Math.min(id.length(), MAX_RETRIED)) + "-retry-" + digest;
  }
}
