package io.firesteel.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Deadlines;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.Warning;
import io.firesteel.json.Problem;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about job requests: who asks, whether it may run, and as what. Pure. */
record JobRequests(Definitions definitions) {

  /**
   * Decides.
   *
   * @param topicTenant the tenant whose own topic the request came by
   * @param fault what is wrong with the message already
   */
  Decision decide(Envelope envelope, Optional<String> topicTenant, Optional<Reason> fault) {
    var problems = new ArrayList<Problem>();
    Request request = RequestReader.read(envelope, problems);
    String tenant = topicTenant.orElse(request.tenant());
    if (tenant == null) {
      return new Decision.DeadLetter(fault.orElseGet(() -> nobody(problems)));
    }
    Claim claim = Claim.of(tenant, request, envelope);
    Optional<Tenant> known = definitions.tenants().find(tenant);
    if (fault.isPresent()) {
      return claim.refuse(fault.get(), known);
    }
    if (known.isEmpty()) {
      return claim.refuse(Refusals.tenantUnknown(tenant, definitions.tenants()), known);
    }
    if (request.tenant() != null && !request.tenant().equals(tenant)) {
      return claim.refuse(Refusals.tenantMismatch(tenant, request.tenant()), known);
    }
    if (!problems.isEmpty()) {
      return claim.refuse(Reason.of(ErrorCode.REQUEST_INVALID, problems), known);
    }
    return run(claim, known.get());
  }

  private Decision run(Claim claim, Tenant tenant) {
    return switch (resolve(claim, tenant)) {
      case Resolved.No(Reason reason) -> claim.refuse(reason, Optional.of(tenant));
      case Resolved.Yes(JsonNode spec, Optional<JobTemplate> template) ->
          switch (JobSpec.check(claim.key, spec, claim.request, tenant)) {
            case JobSpec.Bad(Reason reason) -> claim.refuse(reason, Optional.of(tenant));
            case JobSpec.Good good -> submit(claim, tenant, claim.job(tenant, good, template));
          };
    };
  }

  private static Decision submit(Claim claim, Tenant tenant, Job job) {
    return JobSize.tooLarge(job)
        .map(reason -> claim.refuse(reason, Optional.of(tenant)))
        .orElseGet(() -> new Decision.Accept(tenant.cohort(), new InboxMessage.Submitted(job)));
  }

  private Resolved resolve(Claim claim, Tenant tenant) {
    Request request = claim.request;
    if (request.spec() != null) {
      return new Resolved.Yes(request.spec(), Optional.empty());
    }
    String name = String.valueOf(request.template());
    JobTemplate template = definitions.templates().get(name);
    if (template == null || !template.isFor(tenant.name())) {
      return new Resolved.No(Refusals.templateUnknown(name, tenant.name(), definitions));
    }
    var problems = new ArrayList<Problem>();
    String pointer = claim.envelope.pointer() + "/parameters";
    return template
        .fill(claim.key, request.parameters(), pointer, problems)
        .<Resolved>map(spec -> new Resolved.Yes(FilledTexts.settle(spec), Optional.of(template)))
        .orElseGet(() -> new Resolved.No(Reason.of(ErrorCode.PARAMETER_INVALID, problems)));
  }

  /** What a request would run. */
  private sealed interface Resolved {
    record Yes(JsonNode spec, Optional<JobTemplate> template) implements Resolved {}

    record No(Reason reason) implements Resolved {}
  }

  private static Reason nobody(List<Problem> problems) {
    return problems.isEmpty()
        ? Refusals.tenantMissing()
        : Reason.of(ErrorCode.REQUEST_INVALID, problems);
  }

  /** A request with the identity that its answer goes to. */
  private record Claim(JobKey key, Origin origin, Request request, Envelope envelope) {

    static Claim of(String tenant, Request request, Envelope envelope) {
      Origin bare = envelope.origin();
      Origin origin =
          new Origin(
              bare.source(),
              bare.id(),
              bare.receivedAt(),
              bare.correlationId(),
              bare.traceparent(),
              request.correlation());
      String id = request.jobId() == null ? JobIds.of(origin) : request.jobId();
      return new Claim(new JobKey(tenant, id), origin, request, envelope);
    }

    Decision refuse(Reason reason, Optional<Tenant> tenant) {
      String cohort = tenant.map(Tenant::cohort).orElse(key.tenant());
      return new Decision.Refuse(
          cohort, new InboxMessage.Refused(key, origin, reason.failure()), reason);
    }

    Job job(Tenant tenant, JobSpec.Good good, Optional<JobTemplate> template) {
      return new Job(
          key,
          tenant.cohort(),
          origin,
          good.placement(),
          priority(tenant, template),
          request.notBefore(),
          deadlines(),
          request.dependsOn(),
          good.retry(),
          request.labels(),
          good.spec(),
          envelope.version(),
          warnings(tenant, good));
    }

    private List<Warning> warnings(Tenant tenant, JobSpec.Good good) {
      String namespace = request.namespace();
      var warnings = new ArrayList<Warning>();
      if (namespace != null && !namespace.equals(tenant.namespace())) {
        warnings.add(new Warning("/metadata/namespace", "jobs run in the tenant's namespace"));
      }
      good.warnings()
          .forEach(unused -> warnings.add(new Warning("/spec" + unused.field(), unused.reason())));
      return warnings;
    }

    /** The request's own, else the template's, else the tenant's. */
    private int priority(Tenant tenant, Optional<JobTemplate> template) {
      return Optional.ofNullable(request.priority())
          .or(() -> template.map(JobTemplate::priority))
          .orElse(tenant.defaultPriority());
    }

    /** The request's own, with CloudEvents' {@code expirytime} if that is earlier. */
    private Deadlines deadlines() {
      Deadlines asked = request.deadlines();
      return new Deadlines(
          earlier(asked.admitBy(), envelope.expiry()),
          asked.startWithin(),
          asked.runWithin(),
          asked.finishBy());
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return a.isBefore(b) ? a : b;
    }
  }
}
