package io.firesteel.definitions;

import io.firesteel.json.ValidationError;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenant;
import io.firesteel.trigger.BlobTrigger;

/**
 * One good document and where it stands.
 *
 * @param line where the document begins
 */
record DefinitionDocument(String file, int line, Kind kind, String name, Definition definition) {

  /** The kinds of documents. */
  enum Kind {
    TENANT("Tenant"),
    JOB_TEMPLATE("JobTemplate"),
    BLOB_TRIGGER("BlobTrigger");

    private final String value;

    Kind(String word) {
      this.value = word;
    }

    /** What stands in the field {@code kind}. */
    String value() {
      return value;
    }
  }

  /** What a document defines. */
  sealed interface Definition {
    record OfTenant(Tenant tenant) implements Definition {}

    record OfTemplate(JobTemplate template) implements Definition {}

    record OfTrigger(BlobTrigger trigger) implements Definition {}
  }

  /** What a document defines, whatever it says of it. */
  record Id(Kind kind, String name) {}

  Id id() {
    return new Id(kind, name);
  }

  /** Whether two documents define the same thing. */
  boolean isSameAs(DefinitionDocument other) {
    return id().equals(other.id());
  }

  /** Where it stands, for people. */
  String place() {
    return file + ":" + line;
  }

  DefinitionError error(ValidationError error) {
    return new DefinitionError(file, line, error.printablePointer(), error.message());
  }
}
