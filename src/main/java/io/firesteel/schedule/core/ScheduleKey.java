package io.firesteel.schedule.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identity of a schedule; names are unique within a tenant. The text form is {@code tenant/name}.
 */
public record ScheduleKey(String tenant, String name) {

  /** Reads the text form. */
  @JsonCreator
  public static ScheduleKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("not of the form tenant/name: " + text);
    }
    return new ScheduleKey(text.substring(0, slash), text.substring(slash + 1));
  }

  @JsonValue
  @Override
  public String toString() {
    return tenant + "/" + name;
  }
}
