package io.firesteel.kafka;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Makes the clock, the topic names and, before anything reads or writes, the topics themselves. */
@ApplicationScoped
class KafkaBeans {

  private static final int BEFORE_CHANNELS = 100;

  private final TopicsConfig config;

  KafkaBeans(TopicsConfig config) {
    this.config = config;
  }

  @Produces
  @ApplicationScoped
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Topics topics() {
    return new Topics(config.prefix().orElse(""));
  }

  /**
   * What readers of requests are told: one that is silent for the session timeout gives its
   * partitions to the others. They have no instance id, so that one that ends in order leaves at
   * once.
   */
  @Produces
  @Singleton
  @Unremovable
  @Identifier("firesteel-readers")
  Map<String, Object> requestConsumerSettings(StreamsAppConfig replica) {
    return new ConsumerSession(replica.sessionTimeout()).settings();
  }

  void prepareTopics(
      @Observes @Priority(BEFORE_CHANNELS) StartupEvent event,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Topics topics,
      Clock clock)
      throws InterruptedException {
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, config, clock).prepare(topics);
    }
  }
}
