package io.firesteel.trigger;

import io.firesteel.json.ValidationError;
import java.util.List;

/** One notification of a message. */
public sealed interface Notification {

  /** An object that was created. */
  record NewObject(ObjectCreated object) implements Notification {}

  /** Another event, which starts no job. */
  record Ignored() implements Notification {}

  /** A notification that breaks its format. */
  record MalformedNotification(List<ValidationError> errors) implements Notification {

    public MalformedNotification {
      errors = List.copyOf(errors);
    }
  }

  /** A message that breaks its format in one place. */
  static List<Notification> malformed(String pointer, String message) {
    return List.of(new MalformedNotification(List.of(new ValidationError(pointer, message))));
  }
}
