package io.firesteel.definitions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Entry.Definition;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import io.firesteel.json.YamlDocument;
import io.firesteel.json.YamlReader;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenant;
import io.firesteel.trigger.BlobTrigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the documents of one definition file, each by itself. Pure; for one reading. */
final class FileReader {

  /** What a file holds. */
  record Contents(List<Entry> entries, List<Flaw> flaws) {}

  private static final String API_VERSION = "firesteel.io/v1alpha1";
  private static final Rule<Entry.Kind> KIND =
      Rule.oneOf(
          Arrays.stream(Entry.Kind.values())
              .collect(Collectors.toMap(Entry.Kind::word, kind -> kind)));
  private static final Rule<String> NAME =
      Rule.matching(
          Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?"),
          "1 to 253 lower-case letters, digits and inner hyphens or dots");
  private static final Rule<JsonNode> ANYTHING = new Rule<>("an object", node -> node);

  private final String file;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

  private FileReader(String file) {
    this.file = file;
  }

  static Contents read(DefinitionFile file) {
    var reader = new FileReader(file.name());
    try {
      YamlReader.read(file.text()).forEach(reader::document);
    } catch (IOException e) {
      reader.flaws.add(
          new Flaw(file.name(), YamlReader.line(e), "", "is no valid YAML: " + sentence(e)));
    }
    return new Contents(reader.entries, reader.flaws);
  }

  private void document(YamlDocument document) {
    var problems = new ArrayList<Problem>();
    entry(document, problems).ifPresent(entries::add);
    problems.forEach(
        p -> flaws.add(new Flaw(file, document.line(p.pointer()), p.pointer(), p.text())));
  }

  private Optional<Entry> entry(YamlDocument document, List<Problem> problems) {
    var fields = Fields.of(document.tree(), "", problems);
    fields.required("apiVersion", Rule.oneOf(Set.of(API_VERSION)));
    Entry.Kind kind = fields.required("kind", KIND);
    fields.required("metadata", ANYTHING);
    String name = fields.object("metadata", metadata -> name(metadata, kind));
    JsonNode spec = fields.required("spec", ANYTHING);
    fields.noOthers();
    if (kind == null || name == null || spec == null || !problems.isEmpty()) {
      return Optional.empty();
    }
    return definition(kind, name, spec, problems)
        .map(read -> new Entry(file, document.line(""), kind, name, read));
  }

  private static Optional<? extends Definition> definition(
      Entry.Kind kind, String name, JsonNode spec, List<Problem> problems) {
    return switch (kind) {
      case TENANT -> Tenant.read(name, spec, problems).map(Definition.OfTenant::new);
      case JOB_TEMPLATE ->
          JobTemplate.read(name, spec, problems)
              .filter(template -> TemplateSpecs.check(template, problems))
              .map(Definition.OfTemplate::new);
      case BLOB_TRIGGER -> BlobTrigger.read(name, spec, problems).map(Definition.OfTrigger::new);
    };
  }

  private static @Nullable String name(Fields metadata, Entry.@Nullable Kind kind) {
    Rule<String> rule = kind == Entry.Kind.TENANT ? Tenant.NAME : NAME;
    String name = metadata.required("name", rule);
    metadata.ignore("labels", "annotations", "namespace").noOthers();
    return name;
  }

  private static String sentence(IOException e) {
    String text =
        e instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    return text.lines().findFirst().orElse("");
  }

  /** All entries by file. */
  static Map<String, Contents> readAll(List<DefinitionFile> files) {
    return files.stream().collect(Collectors.toMap(DefinitionFile::name, FileReader::read));
  }
}
