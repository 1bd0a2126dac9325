package io.firesteel.definitions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.DefinitionDocument.Definition;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import io.firesteel.json.YamlDocument;
import io.firesteel.json.YamlReader;
import io.firesteel.schedule.core.ScheduleManifest;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Cluster;
import io.firesteel.tenant.Tenant;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.CompletionTrigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the documents of one definition file. An error in one does not affect the others. Pure. */
final class DefinitionFileReader {

  record ParsedFile(List<DefinitionDocument> documents, List<DefinitionError> errors) {}

  private static final String API_VERSION = "firesteel.io/v1alpha1";
  private static final Rule<DefinitionDocument.Kind> KIND =
      Rule.oneOf(
          Arrays.stream(DefinitionDocument.Kind.values())
              .collect(Collectors.toMap(DefinitionDocument.Kind::value, kind -> kind)));

  private final String file;
  private final List<DefinitionDocument> documents = new ArrayList<>();
  private final List<DefinitionError> errors = new ArrayList<>();

  private DefinitionFileReader(String file) {
    this.file = file;
  }

  static ParsedFile read(DefinitionFile file) {
    var reader = new DefinitionFileReader(file.name());
    try {
      YamlReader.read(file.text()).forEach(reader::document);
    } catch (IOException e) {
      reader.errors.add(
          new DefinitionError(
              file.name(), YamlReader.line(e), "", "is not valid YAML: " + firstLine(e)));
    }
    return new ParsedFile(reader.documents, reader.errors);
  }

  private void document(YamlDocument document) {
    var found = new ArrayList<ValidationError>();
    parse(document, found).ifPresent(documents::add);
    found.forEach(error ->
        errors.add(
            new DefinitionError(
                file, document.line(error.pointer()), error.printablePointer(), error.message())));
  }

  private Optional<DefinitionDocument> parse(YamlDocument document, List<ValidationError> found) {
    if (ScheduleManifest.isOne(document.tree())) {
      return schedule(document, found);
    }
    var fields = FieldReader.of(document.tree(), "", found);
    fields.required("apiVersion", Rule.oneOf(Set.of(API_VERSION)));
    DefinitionDocument.Kind kind = fields.required("kind", KIND);
    fields.required("metadata", Names.ANY);
    String name = fields.object("metadata", metadata -> name(metadata, kind));
    JsonNode spec = fields.required("spec", Names.ANY);
    fields.rejectUnknown();
    if (kind == null || name == null || spec == null || !found.isEmpty()) {
      return Optional.empty();
    }
    return definition(kind, name, spec, found)
        .map(read -> new DefinitionDocument(file, document, kind, name, read));
  }

  private static Optional<? extends Definition> definition(
      DefinitionDocument.Kind kind, String name, JsonNode spec, List<ValidationError> found) {
    return switch (kind) {
      case CLUSTER -> Cluster.read(name, spec, found).map(Definition.OfCluster::new);
      case TENANT -> Tenant.read(name, spec, found).map(Definition.OfTenant::new);
      case JOB_TEMPLATE ->
          JobTemplate.read(name, spec, found)
              .filter(template ->
                  TemplateSpecValidator.check(template.application(), "/spec/application", found))
              .map(Definition.OfTemplate::new);
      case BLOB_TRIGGER -> BlobTrigger.read(name, spec, found).map(Definition.OfTrigger::new);
      case COMPLETION_TRIGGER ->
          CompletionTrigger.read(name, spec, found).map(Definition.OfCompletion::new);
      case JOB_SCHEDULE -> throw new IllegalArgumentException("it is read as a whole");
    };
  }

  /** Names of schedules are unique within a tenant, or within a namespace until it is known. */
  private Optional<DefinitionDocument> schedule(
      YamlDocument document, List<ValidationError> found) {
    return ScheduleManifest.read(document.tree(), "", found)
        .filter(read -> isValid(read, found))
        .map(read ->
            new DefinitionDocument(
                file,
                document,
                DefinitionDocument.Kind.JOB_SCHEDULE,
                (read.tenant() == null ? "namespace " + read.namespace() : read.tenant())
                    + "/"
                    + read.schedule().key().name(),
                new Definition.OfSchedule(read)));
  }

  private static boolean isValid(ScheduleManifest manifest, List<ValidationError> found) {
    JsonNode spec = manifest.schedule().request().get("spec");
    String pointer = manifest.schedule().filled() ? "/spec/application" : "/spec/template";
    return spec == null || TemplateSpecValidator.check(spec, pointer, found);
  }

  private static @Nullable String name(
      FieldReader metadata, DefinitionDocument.@Nullable Kind kind) {
    Rule<String> rule =
        kind == DefinitionDocument.Kind.TENANT || kind == DefinitionDocument.Kind.CLUSTER
            ? Names.DNS_LABEL
            : Names.DNS_SUBDOMAIN;
    String name = metadata.required("name", rule);
    metadata.ignore("labels", "annotations", "namespace").rejectUnknown();
    return name;
  }

  private static String firstLine(IOException e) {
    String text =
        e instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    return text.lines().findFirst().orElse("");
  }

  /** Reads files; the keys are their names. */
  static Map<String, ParsedFile> readAll(List<DefinitionFile> files) {
    return files.stream()
        .collect(Collectors.toMap(DefinitionFile::name, DefinitionFileReader::read));
  }
}
