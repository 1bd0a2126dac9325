package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.ValidationError;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import io.firesteel.workflow.spec.WorkflowReader;
import io.firesteel.workflow.spec.WorkflowReader.WorkflowRead;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides about requests for workflows. A workflow is accepted as a whole, if each of its jobs
 * would be accepted now as far as its values are known, or refused as a whole with every error.
 * Pure.
 */
record WorkflowRequestHandler(Definitions definitions) {

  /**
   * Decides.
   *
   * @param topicTenant the tenant whose own topic holds the request
   * @param earlier why the message is rejected whatever the request says
   */
  Decision decide(Envelope envelope, Optional<String> topicTenant, Optional<Rejection> earlier) {
    List<ValidationError> errors = new ArrayList<>();
    List<String> ignored = envelope.plain() ? List.of(Envelope.PLAIN_FIELDS) : List.of();
    WorkflowRead read =
        WorkflowReader.read(
            envelope.data(), envelope.pointer(), topicTenant.orElse(null), ignored, errors);
    String tenant = topicTenant.orElse(read.tenant());
    if (tenant == null || read.id() == null) {
      return new Decision.DeadLetter(
          errors.isEmpty()
              ? Rejections.tenantMissing()
              : Rejection.of(FailureReason.REQUEST_INVALID, errors));
    }
    WorkflowKey key = new WorkflowKey(tenant, read.id());
    Origin origin = envelope.origin().withCorrelation(read.correlation());
    return earlier
        .or(() -> unacceptable(key, read, envelope, errors))
        .map(rejection -> reject(key, origin, rejection))
        .orElseGet(() -> accept(key, read.spec().orElseThrow(), origin));
  }

  private Optional<Rejection> unacceptable(
      WorkflowKey key, WorkflowRead read, Envelope envelope, List<ValidationError> errors) {
    if (definitions.tenants().find(key.tenant()).isEmpty()) {
      return Optional.of(Rejections.tenantUnknown(key.tenant(), definitions.tenants()));
    }
    if (read.tenant() != null && !read.tenant().equals(key.tenant())) {
      return Optional.of(Rejections.tenantMismatch(key.tenant(), read.tenant()));
    }
    if (!errors.isEmpty() || read.spec().isEmpty()) {
      return Optional.of(Rejection.of(FailureReason.REQUEST_INVALID, errors));
    }
    return new WorkflowTrial(definitions, read.spec().get(), envelope).run();
  }

  private static Decision accept(WorkflowKey key, WorkflowSpec spec, Origin origin) {
    var requested = new WorkflowMessage.Requested(spec, origin);
    int bytes = JsonCodec.write(requested).length;
    return bytes <= InboxMessage.MAX_BYTES
        ? new Decision.AcceptWorkflow(requested)
        : reject(
            key,
            origin.withCorrelation(null),
            Rejections.messageTooLarge(bytes, InboxMessage.MAX_BYTES));
  }

  private static Decision reject(WorkflowKey key, Origin origin, Rejection rejection) {
    JsonNode correlation = origin.correlation();
    boolean large = correlation != null && JsonCodec.write(correlation).length > (64 << 10);
    return new Decision.RejectWorkflow(
        new WorkflowMessage.Refused(
            key, large ? origin.withCorrelation(null) : origin, rejection.failure()),
        rejection);
  }
}
