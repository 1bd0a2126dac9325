package io.firesteel.definitions;

import io.firesteel.json.Problem;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenant;
import io.firesteel.trigger.BlobTrigger;

/**
 * One good document and where it stands.
 *
 * @param line where the document begins
 */
record Entry(String file, int line, Kind kind, String name, Definition definition) {

  /** The kinds of documents. */
  enum Kind {
    TENANT("Tenant"),
    JOB_TEMPLATE("JobTemplate"),
    BLOB_TRIGGER("BlobTrigger");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** What stands in the field {@code kind}. */
    String word() {
      return word;
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
  boolean isSameAs(Entry other) {
    return id().equals(other.id());
  }

  /** Where it stands, for people. */
  String place() {
    return file + ":" + line;
  }

  Flaw flaw(Problem problem) {
    return new Flaw(file, line, problem.pointer(), problem.text());
  }
}
