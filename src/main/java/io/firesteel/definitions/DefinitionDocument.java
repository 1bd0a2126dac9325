package io.firesteel.definitions;

import io.firesteel.json.ValidationError;
import io.firesteel.json.YamlDocument;
import io.firesteel.schedule.core.ScheduleManifest;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Cluster;
import io.firesteel.tenant.Tenant;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.CompletionTrigger;

/** One valid document, what it defines, and where it stands. */
record DefinitionDocument(
    String file, YamlDocument source, Kind kind, String name, Definition definition) {

  enum Kind {
    CLUSTER("Cluster"),
    TENANT("Tenant"),
    JOB_TEMPLATE("JobTemplate"),
    BLOB_TRIGGER("BlobTrigger"),
    COMPLETION_TRIGGER("CompletionTrigger"),
    JOB_SCHEDULE(ScheduleManifest.KIND);

    private final String value;

    Kind(String value) {
      this.value = value;
    }

    /** The value of the field {@code kind}. */
    String value() {
      return value;
    }
  }

  sealed interface Definition {
    record OfCluster(Cluster cluster) implements Definition {}

    record OfTenant(Tenant tenant) implements Definition {}

    record OfTemplate(JobTemplate template) implements Definition {}

    record OfTrigger(BlobTrigger trigger) implements Definition {}

    record OfCompletion(CompletionTrigger trigger) implements Definition {}

    record OfSchedule(ScheduleManifest manifest) implements Definition {}
  }

  /** Identifies what a document defines. */
  record Id(Kind kind, String name) {}

  Id id() {
    return new Id(kind, name);
  }

  /** Whether two documents define the same thing. */
  boolean isSameAs(DefinitionDocument other) {
    return id().equals(other.id());
  }

  /** File and line, for messages. */
  String place() {
    return file + ":" + source.line("");
  }

  DefinitionError error(ValidationError error) {
    return new DefinitionError(
        file, source.line(error.pointer()), error.printablePointer(), error.message());
  }
}
