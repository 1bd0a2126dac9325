package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Nothing that was given to it is lost, whatever Kafka says. */
final class RetryingProducerTest {

  private final Moody kafka = new Moody();
  private final List<String> taken = new ArrayList<>();
  private boolean stopping;
  private final RetryingProducer producer =
      new RetryingProducer(
          kafka, Duration.ofMillis(1), () -> stopping, record -> taken.add(text(record)));

  @Test
  void sendsAgainWhatKafkaDidNotTakeAndOnlyThat() throws InterruptedException {
    kafka.moods.add(Mood.FINE);
    kafka.moods.add(Mood.TIMEOUT);
    kafka.moods.add(Mood.THROWS);

    producer.send(List.of(record("a"), record("b"), record("c")), record -> record);

    assertThat(taken).containsExactly("a", "b", "c");
    assertThat(kafka.history())
        .extracting(RetryingProducerTest::text)
        .containsExactly("a", "b", "c");
  }

  @Test
  void goesOnForAsLongAsItTakes() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      kafka.moods.add(i % 2 == 0 ? Mood.TIMEOUT : Mood.THROWS);
    }

    producer.send(List.of(record("a")), record -> record);

    assertThat(taken).containsExactly("a");
  }

  @Test
  void sendsTheSmallerOneInPlaceOfARecordThatIsTooLarge() throws InterruptedException {
    kafka.moods.add(Mood.TOO_LARGE);

    producer.send(List.of(record("large"), record("b")), _ -> record("small"));

    assertThat(taken).containsExactly("b", "small");
  }

  @Test
  void makesASmallerOneOfASmallerOneThatIsStillTooLarge() throws InterruptedException {
    kafka.moods.addAll(List.of(Mood.TOO_LARGE, Mood.TOO_LARGE));

    producer.send(List.of(record("large")), record -> record(text(record).substring(1)));

    assertThat(taken).containsExactly("rge");
  }

  @Test
  void throwsTheBatchBackWhenTheWorkerStopsFirst() {
    kafka.moods.add(Mood.TIMEOUT);
    stopping = true;

    assertThatThrownBy(() -> producer.send(List.of(record("a")), record -> record))
        .isInstanceOf(InterruptedException.class);
    assertThat(taken).isEmpty();
  }

  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>("topic", value.getBytes(UTF_8));
  }

  private static String text(ProducerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private enum Mood {
    FINE,
    TIMEOUT,
    TOO_LARGE,
    THROWS
  }

  /** Kafka's own stand-in, with something to say to some records. */
  private static final class Moody extends MockProducer<byte[], byte[]> {

    private final Deque<Mood> moods = new ArrayDeque<>();

    Moody() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
      Mood mood = moods.isEmpty() ? Mood.FINE : moods.poll();
      return switch (mood) {
        case FINE -> super.send(record);
        case TIMEOUT -> CompletableFuture.failedFuture(new TimeoutException("no answer"));
        case TOO_LARGE -> CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
        case THROWS -> throw new KafkaException("no room");
      };
    }
  }
}
