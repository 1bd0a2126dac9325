package io.firesteel.local.definitions;

import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.decision.BlobEventHandler;
import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.Notification;
import io.firesteel.trigger.NotificationReader;
import io.firesteel.trigger.ObjectCreated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What the triggers of definitions make of a notification, without Kafka. A notification whose
 * attributes are in Kafka's headers cannot be tried.
 *
 * @param jobs how many jobs it would request
 */
record NotificationDryRun(List<String> output, long jobs) {

  private static final int MAX_BYTES = 1 << 20;

  static NotificationDryRun of(byte[] value, Definitions definitions) {
    var output = new ArrayList<String>();
    explain(value, definitions, output);
    Instant now = Instant.now();
    var message =
        new ReceivedMessage("spark-blob-events", 0, 0, now, now, new RecordHeaders(), null, value);
    List<Decision> decisions = new BlobEventHandler(MAX_BYTES).decide(message, definitions);
    decisions.forEach(decision -> output.add(line(decision)));
    return new NotificationDryRun(
        output, decisions.stream().filter(Decision.Accept.class::isInstance).count());
  }

  /** Which field of which filter stops each object. */
  private static void explain(byte[] value, Definitions definitions, List<String> output) {
    List<Notification> notifications;
    try {
      notifications = NotificationReader.read(StrictJson.read(value), Map.of());
    } catch (InvalidJsonException _) {
      return;
    }
    for (Notification notification : notifications) {
      if (notification instanceof Notification.NewObject(ObjectCreated object)) {
        output.add(
            "object %s of the bucket %s in %s"
                .formatted(object.key(), object.bucket(), object.store().value()));
        for (BlobTrigger trigger : new TreeMap<>(definitions.triggers()).values()) {
          output.add(
              "  trigger %s: %s"
                  .formatted(
                      trigger.name(),
                      trigger
                          .mismatch(object)
                          .map(field -> "the object does not pass /spec/filter/" + field)
                          .orElse("matches")));
        }
      }
    }
  }

  private static String line(Decision decision) {
    return switch (decision) {
      case Decision.Accept(InboxMessage.JobSubmitted submitted) ->
          "requests job %s of tenant %s".formatted(submitted.job().key().id(), submitted.tenant());
      case Decision.Accept _,
          Decision.AcceptSchedule _,
          Decision.AcceptWorkflow _,
          Decision.RejectWorkflow _,
          Decision.RejectAsk _ ->
          throw new IllegalStateException("a notification requests only jobs");
      case Decision.Reject(_, Rejection(var reason, String text, _)) ->
          "is refused with %s: %s".formatted(reason, text);
      case Decision.DeadLetter(Rejection(var reason, String text, _)) ->
          "becomes a dead letter with %s: %s".formatted(reason, text);
      case Decision.Ignore(var cause) ->
          switch (cause) {
            case NO_TRIGGER -> "requests no job: the object passes no trigger's filter";
            case NO_NEW_OBJECT -> "requests no job: the notification is not about a new object";
          };
    };
  }
}
