package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.job.Deadlines;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a SparkApplication manifest, as users of the Spark operator keep it in git, as a request.
 * Its name is the same for every run, so it can only be a part of the job id. Its namespace is
 * ignored: jobs run in the tenant's. Annotations under {@code firesteel.io/} supply the job id and
 * the tenant.
 */
final class ManifestReader {

  private static final String PREFIX = "firesteel.io/";
  private static final int MAX_ANNOTATIONS = 256;
  private static final Rule<String> VERSION = Rule.oneOf(Set.of("sparkoperator.k8s.io/v1beta2"));
  private static final Rule<String> KIND = Rule.oneOf(Set.of("SparkApplication"));
  private static final String[] SERVER_FIELDS = {
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "managedFields",
    "ownerReferences",
    "finalizers",
    "selfLink"
  };

  private ManifestReader() {}

  static JobRequest read(FieldReader fields, List<ValidationError> errors) {
    fields.required("apiVersion", VERSION);
    fields.required("kind", KIND);
    fields.ignore("status");
    ManifestMetadata metadata = fields.object("metadata", ManifestReader::metadata);
    var spec = fields.required("spec", Names.OBJECT);
    fields.rejectUnknown();
    ManifestMetadata given = metadata == null ? ManifestMetadata.NONE : metadata;
    return new JobRequest(
        given.jobId,
        given.name,
        given.tenant,
        given.namespace,
        null,
        null,
        Deadlines.NONE,
        List.of(),
        given.labels,
        null,
        spec,
        null,
        Map.of());
  }

  private static ManifestMetadata metadata(FieldReader fields) {
    String name = fields.read("name", Rule.TEXT);
    String prefix = fields.read("generateName", Rule.TEXT);
    String namespace = fields.read("namespace", Rule.TEXT);
    fields.ignore(SERVER_FIELDS);
    var labels =
        fields.map(
            "labels", RequestRules.MAX_LABELS, RequestRules.LABEL_NAME, RequestRules.LABEL_VALUE);
    var annotations = fields.map("annotations", MAX_ANNOTATIONS, Rule.TEXT, Rule.TEXT);
    fields.rejectUnknown();
    return new ManifestMetadata(
        annotation(fields, annotations, "job-id", RequestRules.JOB_ID),
        name == null ? prefix : name,
        annotation(fields, annotations, "tenant", Names.DNS_LABEL),
        namespace,
        labels);
  }

  private static @Nullable String annotation(
      FieldReader fields, Map<String, String> annotations, String name, Rule<String> rule) {
    String value = annotations.get(PREFIX + name);
    if (value == null) {
      return null;
    }
    var at = JsonPointers.child(fields.pointerTo("annotations"), PREFIX + name);
    return fields.value(TextNode.valueOf(value), at, rule);
  }

  private record ManifestMetadata(
      @Nullable String jobId,
      @Nullable String name,
      @Nullable String tenant,
      @Nullable String namespace,
      Map<String, String> labels) {
    static final ManifestMetadata NONE = new ManifestMetadata(null, null, null, null, Map.of());
  }
}
