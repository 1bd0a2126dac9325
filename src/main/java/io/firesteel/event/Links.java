package io.firesteel.event;

import org.jspecify.annotations.Nullable;

/** Links to more about a job; null for those that are not configured. */
public record Links(@Nullable String logs, @Nullable String sparkUi, @Nullable String history) {

  /** No links. */
  public static final Links NONE = new Links(null, null, null);
}
