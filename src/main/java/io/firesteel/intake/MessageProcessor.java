package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one message into the records that must be written for it. Whatever throws on the way is a
 * fault of Firesteel and makes a dead letter, so that no message blocks those behind it.
 */
record MessageProcessor(
    String inboxTopic,
    DeadLetters deadLetters,
    IntakeMetrics metrics,
    Function<ReceivedMessage, List<Decision>> handler) {

  private static final Logger LOG = LoggerFactory.getLogger(MessageProcessor.class);

  List<ProducerRecord<byte[], byte[]>> records(ReceivedMessage message) {
    try {
      List<Decision> decisions = handler.apply(message);
      var records = records(message, decisions);
      decisions.forEach(metrics::decided);
      return records;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .addKeyValue("message", message)
          .addKeyValue("errorCode", FailureReason.BUG)
          .addKeyValue("cause", e.getClass().getName())
          .addKeyValue("at", e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0])
          .log("A message could not be handled; it is in the dead letters");
      metrics.failed();
      Rejection rejection =
          new Rejection(
              FailureReason.BUG,
              "Firesteel failed on this message with %s; please report it with the message"
                  .formatted(e.getClass().getSimpleName()));
      return List.of(deadLetters.create(message, rejection));
    }
  }

  private List<ProducerRecord<byte[], byte[]>> records(
      ReceivedMessage message, List<Decision> decisions) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    var reasons = new ArrayList<Rejection>();
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Accept(String cohort, InboxMessage accepted) ->
            records.add(inboxRecord(inboxTopic, cohort, accepted));
        case Decision.Reject(
                String cohort,
                InboxMessage.JobRejected answer,
                Rejection rejection) -> {
          records.add(inboxRecord(inboxTopic, cohort, answer));
          reasons.add(rejection);
        }
        case Decision.DeadLetter(Rejection rejection) -> reasons.add(rejection);
      }
    }
    if (!reasons.isEmpty()) {
      records.add(deadLetter(message, reasons));
    }
    return records;
  }

  /** One dead letter for a message, with all that was wrong; the first mistake gives the code. */
  private ProducerRecord<byte[], byte[]> deadLetter(
      ReceivedMessage message, List<Rejection> reasons) {
    FailureReason code = reasons.getFirst().reason();
    LOG.atDebug()
        .addKeyValue("message", message)
        .addKeyValue("errorCode", code)
        .log("A message is refused");
    String text = reasons.stream().map(Rejection::message).collect(Collectors.joining("; "));
    return deadLetters.create(message, new Rejection(code, text));
  }

  /** A record of the inbox. */
  static ProducerRecord<byte[], byte[]> inboxRecord(
      String topic, String cohort, InboxMessage message) {
    return new ProducerRecord<>(topic, cohort.getBytes(UTF_8), JsonCodec.write(message));
  }
}
