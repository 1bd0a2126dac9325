package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.ErrorCode;
import io.firesteel.kafka.Json;
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
record Passage(
    String inboxTopic,
    DeadLetters deadLetters,
    IntakeMetrics metrics,
    Function<Received, List<Decision>> decider) {

  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

  List<ProducerRecord<byte[], byte[]>> records(Received message) {
    try {
      List<Decision> decisions = decider.apply(message);
      var records = records(message, decisions);
      decisions.forEach(metrics::decided);
      return records;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .addKeyValue("message", message)
          .addKeyValue("errorCode", ErrorCode.BUG)
          .addKeyValue("cause", e.getClass().getName())
          .addKeyValue("at", e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0])
          .log("A message could not be handled; it is in the dead letters");
      metrics.failed();
      Reason reason =
          new Reason(
              ErrorCode.BUG,
              "Firesteel failed on this message with %s; please report it with the message"
                  .formatted(e.getClass().getSimpleName()));
      return List.of(deadLetters.letter(message, reason));
    }
  }

  private List<ProducerRecord<byte[], byte[]>> records(Received message, List<Decision> decisions) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    var reasons = new ArrayList<Reason>();
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Accept(String cohort, InboxMessage accepted) ->
            records.add(inbox(inboxTopic, cohort, accepted));
        case Decision.Refuse(String cohort, InboxMessage.Refused answer, Reason reason) -> {
          records.add(inbox(inboxTopic, cohort, answer));
          reasons.add(reason);
        }
        case Decision.DeadLetter(Reason reason) -> reasons.add(reason);
      }
    }
    if (!reasons.isEmpty()) {
      records.add(refused(message, reasons));
    }
    return records;
  }

  /** One dead letter for a message, with all that was wrong; the first mistake gives the code. */
  private ProducerRecord<byte[], byte[]> refused(Received message, List<Reason> reasons) {
    ErrorCode code = reasons.getFirst().code();
    LOG.atDebug()
        .addKeyValue("message", message)
        .addKeyValue("errorCode", code)
        .log("A message is refused");
    String text = reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
    return deadLetters.letter(message, new Reason(code, text));
  }

  /** A record of the inbox. */
  static ProducerRecord<byte[], byte[]> inbox(String topic, String cohort, InboxMessage message) {
    return new ProducerRecord<>(topic, cohort.getBytes(UTF_8), Json.write(message));
  }
}
