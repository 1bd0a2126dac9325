package io.firesteel.intake.decision;

import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.ValidationError;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.RunParameters;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleManifest;
import io.firesteel.schedule.core.ScheduleMessage;
import io.firesteel.schedule.core.ScheduleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides about events that create, change or control a schedule. An invalid one becomes a dead
 * letter. A schedule whose first job would be refused is refused itself. Pure.
 */
record ScheduleEventHandler(Definitions definitions) {

  /**
   * Decides.
   *
   * @param topicTenant the tenant whose own topic holds the event
   */
  Decision decide(RequestEventType type, Envelope envelope, Optional<String> topicTenant) {
    return type == RequestEventType.SCHEDULE_APPLY
        ? apply(envelope, topicTenant)
        : control(type, envelope, topicTenant);
  }

  private Decision apply(Envelope envelope, Optional<String> topicTenant) {
    List<ValidationError> errors = new ArrayList<>();
    Optional<ScheduleManifest> manifest =
        ScheduleManifest.read(
            envelope.data(),
            envelope.pointer(),
            errors,
            envelope.plain() ? Envelope.PLAIN_FIELDS : new String[0]);
    if (manifest.isEmpty()) {
      return invalid(errors);
    }
    String named = manifest.get().tenant();
    String tenant = topicTenant.orElse(named);
    if (named != null && !named.equals(tenant)) {
      return new Decision.DeadLetter(Rejections.tenantMismatch(String.valueOf(tenant), named));
    }
    Optional<JobSchedule> schedule =
        tenant == null
            ? definitions.resolve(manifest.get(), errors)
            : Optional.of(manifest.get().of(tenant));
    if (schedule.isEmpty()) {
      return invalid(errors);
    }
    return known(schedule.get().key())
        .orElseGet(() ->
            trial(schedule.get(), envelope.origin())
                .orElseGet(() ->
                    new Decision.AcceptSchedule(
                        new ScheduleMessage.Defined(schedule.get(), envelope.origin()))));
  }

  /** Rejects a schedule of an unknown tenant, or one that the definitions directory has. */
  private Optional<Decision> known(ScheduleKey key) {
    if (definitions.tenants().find(key.tenant()).isEmpty()) {
      return Optional.of(
          new Decision.DeadLetter(Rejections.tenantUnknown(key.tenant(), definitions.tenants())));
    }
    return definitions.schedules().containsKey(key)
        ? Optional.of(
            new Decision.DeadLetter(
                new Rejection(
                    FailureReason.REQUEST_INVALID,
                    "the definitions directory has the schedule %s; change it there, or use another name"
                        .formatted(key.name()))))
        : Optional.empty();
  }

  private Optional<Decision> trial(JobSchedule schedule, Origin origin) {
    Ask.JobAsked ask = RunParameters.trial(schedule, origin.receivedAt());
    return AskHandler.decide(ask, origin, definitions)
            instanceof Decision.RejectAsk(_, Rejection rejection)
        ? Optional.of(new Decision.DeadLetter(rejection))
        : Optional.empty();
  }

  private Decision control(RequestEventType type, Envelope envelope, Optional<String> topicTenant) {
    List<ValidationError> errors = new ArrayList<>();
    FieldReader fields = FieldReader.of(envelope.data(), envelope.pointer(), errors);
    if (envelope.plain()) {
      fields.ignore(Envelope.PLAIN_FIELDS);
    }
    String named = fields.read("tenant", Names.DNS_LABEL);
    String name = fields.required("schedule", ScheduleReader.NAME);
    fields.rejectUnknown();
    String tenant = topicTenant.orElse(named);
    if (!errors.isEmpty() || name == null) {
      return invalid(errors);
    }
    if (tenant == null) {
      return new Decision.DeadLetter(Rejections.tenantMissing());
    }
    if (named != null && !named.equals(tenant)) {
      return new Decision.DeadLetter(Rejections.tenantMismatch(tenant, named));
    }
    if (definitions.tenants().find(tenant).isEmpty()) {
      return new Decision.DeadLetter(Rejections.tenantUnknown(tenant, definitions.tenants()));
    }
    ScheduleKey key = new ScheduleKey(tenant, name);
    return new Decision.AcceptSchedule(
        switch (type) {
          case SCHEDULE_DELETE -> new ScheduleMessage.Deleted(key, envelope.origin());
          case SCHEDULE_SUSPEND -> new ScheduleMessage.Suspended(key, envelope.origin());
          case SCHEDULE_RESUME -> new ScheduleMessage.Resumed(key, envelope.origin());
          case SCHEDULE_RUN -> new ScheduleMessage.RunRequested(key, envelope.origin());
          default -> throw new IllegalArgumentException("not about a schedule: " + type);
        });
  }

  private static Decision invalid(List<ValidationError> errors) {
    return new Decision.DeadLetter(Rejection.of(FailureReason.REQUEST_INVALID, errors));
  }
}
