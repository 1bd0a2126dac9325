package io.firesteel.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identity of a job. Ids are unique within a tenant, so that tenants cannot take each other's; the
 * text form {@code tenant/id} keys every topic about jobs.
 */
public record JobKey(String tenant, String id) implements Comparable<JobKey> {

  public JobKey {
    if (tenant.isEmpty() || tenant.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a tenant is a non-empty text without '/': " + tenant);
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a job id is not empty");
    }
  }

  /** Reads the text form. */
  @JsonCreator
  public static JobKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not of the form tenant/id: " + text);
    }
    return new JobKey(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(JobKey other) {
    return toString().compareTo(other.toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
