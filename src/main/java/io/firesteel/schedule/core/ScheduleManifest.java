package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document that defines a schedule: a JobSchedule, or a ScheduledSparkApplication as users of the
 * Spark operator keep it in git. The annotation {@code firesteel.io/tenant} names the tenant of the
 * latter; without it, its namespace does.
 *
 * @param tenant null if only the namespace is known
 * @param schedule with an empty tenant if that is not known
 */
public record ScheduleManifest(
    @Nullable String tenant, @Nullable String namespace, JobSchedule schedule) {

  /** The kind of the Spark operator. */
  public static final String OPERATOR_KIND = "ScheduledSparkApplication";

  /** Firesteel's own kind. */
  public static final String KIND = "JobSchedule";

  private static final String API_VERSION = "firesteel.io/v1alpha1";
  private static final String OPERATOR_VERSION = "sparkoperator.k8s.io/v1beta2";
  private static final String TENANT = "firesteel.io/tenant";
  private static final int MAX_ANNOTATIONS = 256;
  private static final String[] SERVER_FIELDS = {
    "labels",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "managedFields",
    "ownerReferences",
    "finalizers",
    "selfLink"
  };

  /** Whether a document has one of the two kinds. */
  public static boolean isOne(JsonNode document) {
    String kind = document.path("kind").asText();
    return kind.equals(KIND) || kind.equals(OPERATOR_KIND);
  }

  /** Reads a document; empty if errors were added. Fields that a caller knows can be ignored. */
  public static Optional<ScheduleManifest> read(
      JsonNode document, String pointer, List<ValidationError> errors, String... ignored) {
    int before = errors.size();
    FieldReader fields = FieldReader.of(document, pointer, errors).ignore(ignored);
    boolean operator = document.path("kind").asText().equals(OPERATOR_KIND);
    fields.required("apiVersion", Rule.oneOf(Set.of(operator ? OPERATOR_VERSION : API_VERSION)));
    fields.required("kind", Rule.oneOf(Set.of(KIND, OPERATOR_KIND)));
    if (operator) {
      fields.ignore("status");
    }
    JsonNode spec = fields.required("spec", Names.OBJECT);
    fields.required("metadata", Names.OBJECT);
    Metadata metadata = fields.object("metadata", ScheduleManifest::metadata);
    fields.rejectUnknown();
    if (metadata == null || metadata.name == null || spec == null || errors.size() > before) {
      return Optional.empty();
    }
    ScheduleKey unresolved =
        new ScheduleKey(metadata.tenant == null ? "" : metadata.tenant, metadata.name);
    return operator
        ? ScheduleReader.scheduledSparkApplication(unresolved, spec, errors)
            .map(read -> new ScheduleManifest(metadata.tenant, metadata.namespace, read))
        : ScheduleReader.jobSchedule(metadata.name, spec, errors)
            .map(read -> new ScheduleManifest(read.key().tenant(), null, read));
  }

  private static Metadata metadata(FieldReader fields) {
    String name = fields.required("name", ScheduleReader.NAME);
    String namespace = fields.read("namespace", Rule.TEXT);
    Map<String, String> annotations =
        fields.map("annotations", MAX_ANNOTATIONS, Rule.TEXT, Rule.TEXT);
    fields.ignore(SERVER_FIELDS).rejectUnknown();
    String tenant = annotations.get(TENANT);
    return new Metadata(
        name,
        namespace,
        tenant == null
            ? null
            : fields.value(
                JsonNodeFactory.instance.textNode(tenant),
                fields.pointerTo("annotations"),
                Names.DNS_LABEL));
  }

  private record Metadata(
      @Nullable String name, @Nullable String namespace, @Nullable String tenant) {}

  /** The schedule of a tenant. */
  public JobSchedule of(String owner) {
    return new JobSchedule(
        new ScheduleKey(owner, schedule.key().name()),
        schedule.settings(),
        schedule.request(),
        schedule.filled());
  }
}
