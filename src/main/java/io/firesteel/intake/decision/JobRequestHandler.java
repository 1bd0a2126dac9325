package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.JobRequest;
import io.firesteel.intake.request.JobRequestReader;
import io.firesteel.intake.request.MaxJobSize;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.Deadlines;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.TemplateUse;
import io.firesteel.job.Warning;
import io.firesteel.json.ValidationError;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about job requests. Pure. */
record JobRequestHandler(Definitions definitions) {

  /**
   * Decides.
   *
   * @param topicTenant the tenant whose own topic holds the request
   * @param earlier why the message is rejected whatever the request says
   */
  Decision decide(Envelope envelope, Optional<String> topicTenant, Optional<Rejection> earlier) {
    var errors = new ArrayList<ValidationError>();
    JobRequest request = JobRequestReader.read(envelope, errors);
    String tenant = topicTenant.orElse(request.tenant());
    if (tenant == null) {
      return new Decision.DeadLetter(earlier.orElseGet(() -> tenantRejection(errors)));
    }
    IdentifiedRequest identified = IdentifiedRequest.of(tenant, request, envelope);
    Optional<Tenant> known = definitions.tenants().find(tenant);
    if (earlier.isPresent()) {
      return identified.reject(earlier.get());
    }
    if (known.isEmpty()) {
      return identified.reject(Rejections.tenantUnknown(tenant, definitions.tenants()));
    }
    if (request.tenant() != null && !request.tenant().equals(tenant)) {
      return identified.reject(Rejections.tenantMismatch(tenant, request.tenant()));
    }
    if (!errors.isEmpty()) {
      return identified.reject(Rejection.of(FailureReason.REQUEST_INVALID, errors));
    }
    return dryRun(identified, known.get());
  }

  private Decision dryRun(IdentifiedRequest identified, Tenant tenant) {
    return switch (resolve(identified, tenant)) {
      case ResolvedSpec.SpecRejected(Rejection rejection) -> identified.reject(rejection);
      case ResolvedSpec.SpecFound(JsonNode found, Optional<JobTemplate> template) -> {
        JsonNode spec = RequesterEnvironment.add(found, identified.origin.requester());
        yield switch (DriverDryRun.check(
            identified.key, spec, isFilled(identified, template), identified.request, tenant)) {
          case DriverDryRun.DryRunFailed(Rejection rejection) -> identified.reject(rejection);
          case DriverDryRun.DryRunPassed passed ->
              submit(identified, tenant, identified.job(tenant, passed, template));
        };
      }
    };
  }

  /** Whether values were filled into the spec: into that of a template, or by Firesteel itself. */
  private static boolean isFilled(IdentifiedRequest identified, Optional<JobTemplate> template) {
    return template.isPresent() || identified.origin.requester() != null;
  }

  private static Decision submit(IdentifiedRequest identified, Tenant tenant, Job job) {
    return MaxJobSize.tooLarge(job)
        .map(rejection -> identified.reject(rejection))
        .orElseGet(() -> new Decision.Accept(new InboxMessage.JobSubmitted(job)));
  }

  private ResolvedSpec resolve(IdentifiedRequest identified, Tenant tenant) {
    JobRequest request = identified.request;
    if (request.spec() != null) {
      return new ResolvedSpec.SpecFound(request.spec(), Optional.empty());
    }
    String name = String.valueOf(request.template());
    JobTemplate template = definitions.templates().get(name);
    if (template == null || !template.allows(tenant.name())) {
      return new ResolvedSpec.SpecRejected(
          Rejections.templateUnknown(name, tenant.name(), definitions));
    }
    var errors = new ArrayList<ValidationError>();
    String pointer = identified.envelope.pointer() + "/parameters";
    return template
        .fill(identified.key, request.parameters(), pointer, errors)
        .<ResolvedSpec>map(spec -> new ResolvedSpec.SpecFound(spec, Optional.of(template)))
        .orElseGet(() ->
            new ResolvedSpec.SpecRejected(Rejection.of(FailureReason.PARAMETER_INVALID, errors)));
  }

  /** The spec of a request, or of its template. */
  private sealed interface ResolvedSpec {
    record SpecFound(JsonNode spec, Optional<JobTemplate> template) implements ResolvedSpec {}

    record SpecRejected(Rejection rejection) implements ResolvedSpec {}
  }

  private static Rejection tenantRejection(List<ValidationError> errors) {
    return errors.isEmpty()
        ? Rejections.tenantMissing()
        : Rejection.of(FailureReason.REQUEST_INVALID, errors);
  }

  /** A request and the identity of its job, which a result needs. */
  private record IdentifiedRequest(
      JobKey key, Origin origin, JobRequest request, Envelope envelope) {

    static IdentifiedRequest of(String tenant, JobRequest request, Envelope envelope) {
      Origin origin = envelope.origin().withCorrelation(request.correlation());
      String id = request.jobId() == null ? GeneratedJobId.of(request, origin) : request.jobId();
      return new IdentifiedRequest(new JobKey(tenant, id), origin, request, envelope);
    }

    Decision reject(Rejection rejection) {
      return new Decision.Reject(
          new InboxMessage.JobRejected(key, origin, rejection.failure()), rejection);
    }

    Job job(Tenant tenant, DriverDryRun.DryRunPassed passed, Optional<JobTemplate> template) {
      return new Job(
          key,
          tenant.cohort(),
          origin,
          passed.placement(),
          priority(tenant, template),
          request.notBefore(),
          deadlines(),
          request.dependsOn(),
          passed.retry(),
          request.labels(),
          passed.spec(),
          envelope.trigger(),
          envelope.version(),
          warnings(tenant, passed),
          template.map(this::templateUse).orElse(null));
    }

    private TemplateUse templateUse(JobTemplate template) {
      var parameters = request.parameters();
      return new TemplateUse(
          template.name(), MaxJobSize.fitsStatus(parameters) ? parameters : null);
    }

    private List<Warning> warnings(Tenant tenant, DriverDryRun.DryRunPassed passed) {
      String namespace = request.namespace();
      var warnings = new ArrayList<Warning>();
      if (namespace != null && !namespace.equals(tenant.namespace())) {
        warnings.add(
            Warning.ignored(
                "/metadata/namespace",
                "is ignored; jobs run in the tenant's namespace " + tenant.namespace()));
      }
      passed
          .warnings()
          .forEach(w -> warnings.add(new Warning(w.code(), "/spec" + w.field(), w.reason())));
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
      Deadlines requested = request.deadlines();
      return new Deadlines(
          earlier(requested.startBy(), envelope.expiry()),
          requested.startWithin(),
          requested.runWithin(),
          requested.finishBy());
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return a.isBefore(b) ? a : b;
    }
  }
}
