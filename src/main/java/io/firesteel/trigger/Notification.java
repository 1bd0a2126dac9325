package io.firesteel.trigger;

import io.firesteel.json.ValidationError;
import java.util.List;

/** What one notification within a message says. */
public sealed interface Notification {

  /** An object was written. */
  record NewObject(ObjectCreated object) implements Notification {}

  /** Something else happened that starts no job. */
  record Ignored(String reason) implements Notification {}

  /** It is of a known format and breaks it. */
  record MalformedNotification(List<ValidationError> errors) implements Notification {

    public MalformedNotification {
      errors = List.copyOf(errors);
    }
  }
}
