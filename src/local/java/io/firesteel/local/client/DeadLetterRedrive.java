package io.firesteel.local.client;

import io.firesteel.kafka.DeadLetterHeaders;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * {@code ./firesteel redrive}: sends dead letters to their origin topics again, with the key, value
 * and headers of the original message. Without {@code --execute} it only lists them. If it fails
 * halfway, run it again: a message that arrives twice runs once.
 */
public final class DeadLetterRedrive {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_RECORD_BYTES = 16 << 20;

  private final Arguments arguments;

  private DeadLetterRedrive(Arguments arguments) {
    this.arguments = arguments;
  }

  /** The arguments; an absent filter selects every dead letter. */
  private record Arguments(Map<String, String> values, boolean execute) {

    private static final List<String> OPTIONS =
        List.of(
            "--bootstrap-server",
            "--command-config",
            "--topic",
            "--code",
            "--origin-topic",
            "--since");

    static Arguments parse(List<String> arguments) {
      Map<String, String> values = new HashMap<>();
      boolean execute = false;
      Deque<String> rest = new ArrayDeque<>(arguments);
      while (!rest.isEmpty()) {
        String option = rest.pop();
        if (option.equals("--execute")) {
          execute = true;
        } else if (!OPTIONS.contains(option)) {
          throw new IllegalArgumentException("unknown option " + option + "; see ./firesteel help");
        } else if (rest.isEmpty()) {
          throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
        } else {
          values.put(option, rest.pop());
        }
      }
      if (!values.containsKey("--bootstrap-server")) {
        throw new IllegalArgumentException("--bootstrap-server HOST:PORT is missing");
      }
      return new Arguments(values, execute);
    }

    String topic() {
      return values.getOrDefault("--topic", "spark-job-dead-letters");
    }

    boolean selects(ConsumerRecord<byte[], byte[]> letter) {
      return matches("--code", DeadLetterHeaders.value(letter, DeadLetterHeaders.REASON_CODE))
          && matches(
              "--origin-topic", DeadLetterHeaders.value(letter, DeadLetterHeaders.ORIGIN_TOPIC))
          && Instant.ofEpochMilli(letter.timestamp()).compareTo(since()) >= 0;
    }

    private boolean matches(String option, Optional<String> actual) {
      String wanted = values.get(option);
      return wanted == null || actual.filter(wanted::equals).isPresent();
    }

    private Instant since() {
      String since = values.get("--since");
      try {
        return since == null ? Instant.EPOCH : Instant.parse(since);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "--since needs a time such as 2026-01-31T18:00:00Z, not " + since, e);
      }
    }

    Map<String, Object> connection() throws IOException {
      Map<String, Object> settings = new HashMap<>();
      String file = values.get("--command-config");
      Properties configured = file == null ? new Properties() : Utils.loadProps(file);
      configured.stringPropertyNames().forEach(n -> settings.put(n, configured.getProperty(n)));
      settings.put("bootstrap.servers", values.getOrDefault("--bootstrap-server", ""));
      return settings;
    }
  }

  public static void main(String[] args) throws InterruptedException {
    try {
      System.out.println(run(List.of(args)));
    } catch (IllegalArgumentException | IOException | ExecutionException e) {
      System.err.println("firesteel redrive: " + e.getMessage());
      System.exit(2);
    }
  }

  /**
   * Runs the command and returns its last line.
   *
   * @throws IllegalArgumentException if an argument is invalid; the message is for the user
   */
  public static String run(List<String> args)
      throws IOException, ExecutionException, InterruptedException {
    return new DeadLetterRedrive(Arguments.parse(args)).run();
  }

  private String run() throws IOException, ExecutionException, InterruptedException {
    int sent = 0;
    int kept = 0;
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings = arguments.connection();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
      for (ConsumerRecord<byte[], byte[]> letter : letters()) {
        Optional<ProducerRecord<byte[], byte[]>> message = DeadLetterHeaders.original(letter);
        System.out.printf(
            "%s %s from %s-%s@%s%n",
            message.isPresent() ? (arguments.execute() ? "sent" : "would send") : "cannot send",
            DeadLetterHeaders.value(letter, DeadLetterHeaders.REASON_CODE).orElse("?"),
            DeadLetterHeaders.value(letter, DeadLetterHeaders.ORIGIN_TOPIC).orElse("?"),
            DeadLetterHeaders.value(letter, DeadLetterHeaders.ORIGIN_PARTITION).orElse("?"),
            DeadLetterHeaders.value(letter, DeadLetterHeaders.ORIGIN_OFFSET).orElse("?"));
        if (message.isEmpty()) {
          kept++;
        } else {
          sent++;
          if (arguments.execute()) {
            producer.send(message.get()).get();
          }
        }
      }
    }
    return "%d %s, %d cannot be sent because Kafka holds only their beginning"
        .formatted(sent, arguments.execute() ? "sent" : "to send; add --execute", kept);
  }

  /** The selected dead letters up to the current end, in the order of their partitions. */
  private Iterable<ConsumerRecord<byte[], byte[]>> letters() throws IOException {
    Map<String, Object> settings = arguments.connection();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_RECORD_BYTES);
    var bytes = new ByteArrayDeserializer();
    Deque<ConsumerRecord<byte[], byte[]>> selected = new ArrayDeque<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(arguments.topic()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
          if (arguments.selects(letter)) {
            selected.add(letter);
          }
        }
      }
    }
    return selected;
  }
}
