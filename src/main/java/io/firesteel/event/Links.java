package io.firesteel.event;

import org.jspecify.annotations.Nullable;

/** Where a person finds more about a job; null where nothing is configured. */
public record Links(@Nullable String logs, @Nullable String sparkUi, @Nullable String history) {

  /** No pointer at all. */
  public static final Links NONE = new Links(null, null, null);
}
