package io.firesteel.intake;

import io.firesteel.kafka.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the request topics with a {@link RequestReader}, in a thread of its own. When reading
 * fails, it begins again at what was committed.
 */
@ApplicationScoped
class RequestPoller {

  private static final Logger LOG = LoggerFactory.getLogger(RequestPoller.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_POLL_RECORDS = 100;

  /** How many messages of tenants over their share others wait for. */
  private static final int MAX_DEFERRED_RECORDS = 10;

  private static final int PARTITION_FETCH_BYTES = 256 << 10;
  private static final int FETCH_BYTES = 16 << 20;
  private static final int METADATA_MAX_AGE_MS = 10_000;

  private final Map<String, Object> connection;
  private final Map<String, Object> session;
  private final Topics topics;
  private final Duration backoff;
  private final RequestConsumer requests;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> member;
  private volatile @Nullable Thread thread;
  private volatile boolean reading;

  RequestPoller(
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      @Identifier("firesteel-readers") Map<String, Object> session,
      Topics topics,
      IntakeConfig config,
      RequestConsumer requests) {
    this.connection = connection;
    this.session = session;
    this.topics = topics;
    this.backoff = config.retryBackoff();
    this.requests = requests;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("requests").start(this::run);
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        read();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      reading = false;
    }
  }

  private void read() throws InterruptedException {
    try (RequestReader reader = open()) {
      while (stopping.getCount() > 0) {
        reader.step();
        reading = true;
      }
    } catch (WakeupException _) {
      // Thrown by a poll when the worker stops
    } catch (RuntimeException e) {
      reading = false;
      LOG.atWarn().addKeyValue("cause", e).log("Reading requests failed; retrying");
      stopping.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private RequestReader open() {
    Map<String, Object> group = new HashMap<>(session);
    group.put(ConsumerConfig.GROUP_ID_CONFIG, topics.intakeGroup());
    Consumer<byte[], byte[]> opened = consumer("firesteel-requests", MAX_POLL_RECORDS, group);
    member = opened;
    Consumer<byte[], byte[]> second =
        consumer("firesteel-requests-deferred", MAX_DEFERRED_RECORDS, Map.of());
    Pattern pattern = Pattern.compile(Pattern.quote(topics.requests()) + "(\\..+)?");
    return new RequestReader(opened, second, pattern, requests, System::nanoTime);
  }

  private Consumer<byte[], byte[]> consumer(
      String clientId, int maxPollRecords, Map<String, Object> group) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.putAll(group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Ready while requests are read. */
  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck ready() {
    return () -> HealthCheckResponse.named("requests-read").status(reading).build();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    Consumer<byte[], byte[]> opened = member;
    Thread running = thread;
    if (opened != null && running != null) {
      opened.wakeup();
      running.join(STOP_TIMEOUT);
    }
  }
}
