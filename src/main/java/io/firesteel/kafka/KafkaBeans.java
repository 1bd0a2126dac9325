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
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the clock and the topic names, and creates the topics before anything uses them. */
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
   * Settings of the consumers of requests. After the session timeout, a silent consumer loses its
   * partitions. The consumers have no instance id, so that one that shuts down leaves the group at
   * once.
   */
  @Produces
  @Singleton
  @Unremovable
  @Identifier("firesteel-readers")
  Map<String, Object> requestConsumerSettings(StreamsAppConfig replica) {
    return StreamsApps.sessionSettings(replica.sessionTimeout());
  }

  void prepareTopics(
      @Observes @Priority(BEFORE_CHANNELS) StartupEvent event,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Topics topics,
      StreamsAppConfig replica,
      @ConfigProperty(name = "firesteel.admission.retention") Duration retention,
      Clock clock)
      throws InterruptedException {
    String servers = String.valueOf(kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    TopicChecks checks =
        new TopicChecks(topics, retention, replica.maxStateAge(), new KafkaCommands(servers));
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, config, checks, clock).prepare();
    }
  }
}
