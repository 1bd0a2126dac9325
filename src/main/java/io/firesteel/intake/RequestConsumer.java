package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.intake.decision.MessageHandler;
import io.firesteel.kafka.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
 * Reads requests. The offsets of a batch are committed after Kafka has every record for it.
 * Admission gets changed tenants before the batch. When reading fails, it begins again at the
 * committed offsets.
 */
@ApplicationScoped
class RequestConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(RequestConsumer.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private static final int MAX_POLL_RECORDS = 50;

  /** For how many requests of a partition that lags those of other partitions have to wait. */
  private static final int CATCH_UP_RECORDS = 10;

  private static final int PARTITION_FETCH_BYTES = 64 << 10;
  private static final int FETCH_BYTES = 16 << 20;
  private static final int METADATA_MAX_AGE_MS = 10_000;

  private final Map<String, Object> settings;
  private final Topics topics;
  private final Duration backoff;
  private final MessageHandler requests;
  private final CurrentDefinitions definitions;
  private final TenantPublisher tenants;
  private final BatchProcessor batchProcessor;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> member;
  private volatile @Nullable Thread thread;
  private volatile boolean reading;

  RequestConsumer(
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      @Identifier("firesteel-readers") Map<String, Object> session,
      Topics topics,
      IntakeConfig config,
      CurrentDefinitions definitions,
      TenantPublisher tenants,
      BatchProcessor batchProcessor) {
    this.settings = new HashMap<>(connection);
    this.settings.putAll(session);
    this.topics = topics;
    this.backoff = config.retryBackoff();
    this.requests = new MessageHandler(topics.requests(), config.maxMessageBytes());
    this.definitions = definitions;
    this.tenants = tenants;
    this.batchProcessor = batchProcessor;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("requests").start(this::run);
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        try (RequestReader reader = open()) {
          while (stopping.getCount() > 0) {
            reader.step();
            reading = true;
          }
        } catch (WakeupException _) {
          return;
        } catch (RuntimeException e) {
          reading = false;
          LOG.atWarn().addKeyValue("cause", e).log("Reading requests failed; retrying");
          stopping.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      reading = false;
    }
  }

  private RequestReader open() {
    Consumer<byte[], byte[]> opened =
        consumer(
            "firesteel-requests",
            MAX_POLL_RECORDS,
            Map.of(ConsumerConfig.GROUP_ID_CONFIG, topics.intakeGroup()));
    member = opened;
    Pattern pattern = Pattern.compile(Pattern.quote(topics.requests()) + "(\\..+)?");
    Consumer<byte[], byte[]> catchUp =
        consumer("firesteel-requests-catch-up", CATCH_UP_RECORDS, Map.of());
    return new RequestReader(opened, catchUp, pattern, this::handle, System::nanoTime);
  }

  private Consumer<byte[], byte[]> consumer(
      String clientId, int maxPollRecords, Map<String, Object> group) {
    Map<String, Object> all = new HashMap<>(settings);
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    all.putAll(group);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    all.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void handle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    tenants.publish();
    batchProcessor.process(batch, message -> List.of(requests.decide(message, definitions.get())));
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
