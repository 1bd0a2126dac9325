package io.firesteel.event;

/** A tenant event with its position in the tenant's history; jobs have sequences of their own. */
public record PublishedTenantEvent(String tenant, EventHeader header, TenantEvent event) {

  /** The same for every replay: {@code tenant//sequence}, which no job has. */
  public String id() {
    return tenant + "//" + header.sequenceText();
  }
}
