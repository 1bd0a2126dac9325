package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.workflow.core.WorkflowMessage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Turns a batch of messages into records of the inbox and dead letters, and writes them.
 * Thread-safe.
 *
 * <p>If the worker stops halfway, Kafka has some of the records. The batch is not committed, so the
 * next worker reads and writes all of it again. Job ids come out the same, and admission drops the
 * duplicates.
 */
@Singleton
final class BatchProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

  private static final BugHandler DEAD_LETTER = (_, bug) -> new Decision.DeadLetter(bug);

  private final RetryingProducer producer;
  private final TenantHomes homes;
  private final Topics topics;
  private final Predicate<String> overShare;
  private final DeadLetters deadLetters;
  private final IntakeMetrics metrics;
  private final Clock clock;
  private final AtomicBoolean noTriggerLogged = new AtomicBoolean();

  @Inject
  BatchProcessor(
      RetryingProducer producer,
      TenantHomes homes,
      Topics topics,
      TenantShares shares,
      DeadLetters deadLetters,
      IntakeMetrics metrics,
      Clock clock) {
    this(producer, homes, topics, shares::exceededBy, deadLetters, metrics, clock);
  }

  private BatchProcessor(
      RetryingProducer producer,
      TenantHomes homes,
      Topics topics,
      Predicate<String> overShare,
      DeadLetters deadLetters,
      IntakeMetrics metrics,
      Clock clock) {
    this.producer = producer;
    this.homes = homes;
    this.topics = topics;
    this.overShare = overShare;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** The same, where messages were counted already: tells which tenants are over their share. */
  BatchProcessor withOverShare(Predicate<String> counted) {
    return new BatchProcessor(producer, homes, topics, counted, deadLetters, metrics, clock);
  }

  /** What becomes of a message that cannot be handled because of a bug in Firesteel. */
  @FunctionalInterface
  interface BugHandler {
    Decision decide(ReceivedMessage message, Rejection bug);
  }

  /**
   * Returns when Kafka has every record of the batch.
   *
   * @throws InterruptedException if the worker stops first; nothing is committed
   */
  void process(
      Iterable<ConsumerRecord<byte[], byte[]>> batch,
      Function<ReceivedMessage, List<Decision>> handler)
      throws InterruptedException {
    process(batch, handler, DEAD_LETTER);
  }

  /** The same, with another decision after a bug. */
  void process(
      Iterable<ConsumerRecord<byte[], byte[]>> batch,
      Function<ReceivedMessage, List<Decision>> handler,
      BugHandler afterBug)
      throws InterruptedException {
    Map<ProducerRecord<byte[], byte[]>, ReceivedMessage> origins = new IdentityHashMap<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> kafka : batch) {
      if (producer.isStopping()) {
        throw new InterruptedException("the worker is stopping");
      }
      ReceivedMessage message = received(kafka);
      for (var record : records(message, handler, afterBug)) {
        records.add(record);
        origins.put(record, message);
      }
    }
    producer.send(records, record -> replacement(record, origins));
  }

  /** A message as Kafka delivered it, received now. */
  ReceivedMessage received(ConsumerRecord<byte[], byte[]> kafka) {
    return new ReceivedMessage(
        kafka.topic(),
        kafka.partition(),
        kafka.offset(),
        Instant.ofEpochMilli(kafka.timestamp()),
        clock.instant(),
        kafka.headers(),
        kafka.key(),
        kafka.value());
  }

  /** The records for one message, or a dead letter after a bug. */
  List<ProducerRecord<byte[], byte[]>> records(
      ReceivedMessage message, Function<ReceivedMessage, List<Decision>> handler)
      throws InterruptedException {
    return records(message, handler, DEAD_LETTER);
  }

  /**
   * The records for one message. An exception is a bug in Firesteel; {@code afterBug} decides what
   * becomes of the message, so that it does not block those behind it. While the worker stops, it
   * is not: what the handler relies on may be gone.
   */
  List<ProducerRecord<byte[], byte[]>> records(
      ReceivedMessage message,
      Function<ReceivedMessage, List<Decision>> handler,
      BugHandler afterBug)
      throws InterruptedException {
    try {
      List<Decision> decisions = handler.apply(message);
      var records = records(message, decisions);
      decisions.forEach(metrics::decided);
      return records;
    } catch (RuntimeException | StackOverflowError e) {
      if (producer.isStopping()) {
        LOG.atInfo()
            .addKeyValue("message", message)
            .log("Stopped before a message was handled; another replica reads it again");
        throw new InterruptedException("the worker is stopping");
      }
      LOG.atError()
          .addKeyValue("message", message)
          .addKeyValue("errorCode", FailureReason.BUG)
          .addKeyValue("cause", e.getClass().getName())
          .addKeyValue("at", e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0])
          .log("Internal error; rejected the message");
      metrics.failed();
      String text =
          "internal error %s; report it with the worker's log"
              .formatted(e.getClass().getSimpleName());
      return records(
          message, List.of(afterBug.decide(message, new Rejection(FailureReason.BUG, text))));
    }
  }

  private List<ProducerRecord<byte[], byte[]>> records(
      ReceivedMessage message, List<Decision> decisions) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    var rejections = new ArrayList<Rejection>();
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Accept(InboxMessage accepted) -> records.add(inboxRecord(accepted));
        case Decision.AcceptSchedule(var accepted) ->
            records.add(SchedulePublisher.record(topics, accepted));
        case Decision.AcceptWorkflow(var accepted) -> records.add(workflowRecord(accepted));
        case Decision.RejectWorkflow(var answer, Rejection rejection) -> {
          records.add(workflowRecord(answer));
          rejections.add(rejection);
        }
        case Decision.Reject(InboxMessage.JobRejected answer, Rejection rejection) -> {
          records.add(inboxRecord(answer));
          rejections.add(rejection);
        }
        case Decision.RejectAsk(InboxMessage.JobRejected answer, _) ->
            records.add(inboxRecord(answer));
        case Decision.DeadLetter(Rejection rejection) -> rejections.add(rejection);
        case Decision.Ignore(var cause) -> logIgnored(message, cause);
      }
    }
    if (!rejections.isEmpty()) {
      records.add(deadLetter(message, rejections));
    }
    return records;
  }

  /** The first one at INFO: a filter that never matches would otherwise leave no trace. */
  private void logIgnored(ReceivedMessage message, Decision.Ignore.Cause cause) {
    boolean first =
        cause == Decision.Ignore.Cause.NO_TRIGGER && noTriggerLogged.compareAndSet(false, true);
    LOG.atLevel(first ? Level.INFO : Level.DEBUG)
        .addKeyValue("message", message)
        .addKeyValue("reason", cause)
        .log(
            first
                ? "A notification matches no trigger; further ones are logged at DEBUG and counted in firesteel_intake_decisions_total"
                : "A notification starts no job");
  }

  /**
   * The inbox, or the backlog for a tenant over its share. A tenant can suspend and resume its jobs
   * meanwhile, and in this order.
   */
  private String topicFor(InboxMessage message) {
    return switch (message) {
      case InboxMessage.TenantSuspended _, InboxMessage.TenantResumed _ -> topics.inbox();
      default -> overShare.test(message.tenant()) ? topics.backlog() : topics.inbox();
    };
  }

  /** One dead letter for a message, with all errors; the first one gives the code. */
  private ProducerRecord<byte[], byte[]> deadLetter(
      ReceivedMessage message, List<Rejection> rejections) {
    FailureReason code = rejections.getFirst().reason();
    LOG.atDebug()
        .addKeyValue("message", message)
        .addKeyValue("errorCode", code)
        .log("Rejected a message");
    String text = rejections.stream().map(Rejection::message).collect(Collectors.joining("; "));
    return deadLetters.create(message, new Rejection(code, text));
  }

  private ProducerRecord<byte[], byte[]> replacement(
      ProducerRecord<byte[], byte[]> record,
      Map<ProducerRecord<byte[], byte[]>, ReceivedMessage> origins) {
    ReceivedMessage message = origins.get(record);
    if (message == null || deadLetters.contains(record)) {
      return deadLetters.truncate(record);
    }
    String text =
        "the job is larger than max.message.bytes of the topic %s; put large data in an object store"
            .formatted(record.topic());
    return deadLetters.create(message, new Rejection(FailureReason.MESSAGE_TOO_LARGE, text));
  }

  private ProducerRecord<byte[], byte[]> workflowRecord(WorkflowMessage message) {
    byte[] key = message.key().tenant().getBytes(UTF_8);
    return new ProducerRecord<>(topics.workflows(), key, JsonCodec.write(message));
  }

  private ProducerRecord<byte[], byte[]> inboxRecord(InboxMessage message) {
    return inboxRecord(topicFor(message), homes, message);
  }

  /** The record of a message, with the cohort of its tenant as the key. */
  static ProducerRecord<byte[], byte[]> inboxRecord(
      String topic, TenantHomes homes, InboxMessage message) {
    byte[] key = homes.cohortOf(message.tenant()).getBytes(UTF_8);
    return new ProducerRecord<>(topic, key, JsonCodec.write(message));
  }
}
