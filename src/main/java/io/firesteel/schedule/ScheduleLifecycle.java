package io.firesteel.schedule;

import io.firesteel.ask.Ask;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.ScheduleEvent;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleMessage;
import io.firesteel.schedule.core.ScheduleSettings;
import io.firesteel.schedule.core.ScheduleState;
import io.firesteel.schedule.core.ScheduleStatus;
import io.firesteel.schedule.core.StoredRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Starts and stops the Kafka Streams instance of the schedules. */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      Ask.class,
      ScheduleMessage.class,
      ScheduleState.class,
      ScheduleStatus.class,
      ScheduleEvent.class,
      StoredRequest.class,
      JobSchedule.class,
      ScheduleKey.class,
      ScheduleSettings.class
    })
class ScheduleLifecycle {

  private final StreamsApps apps;
  private final Topics topics;
  private final CloudEventEncoder encoder;
  private final ScheduleMetrics metrics;
  private @Nullable StreamsApp app;

  ScheduleLifecycle(
      StreamsApps apps, Topics topics, CloudEventEncoder encoder, MeterRegistry registry) {
    this.apps = apps;
    this.topics = topics;
    this.encoder = encoder;
    this.metrics = new ScheduleMetrics(registry);
  }

  void start(@Observes StartupEvent event) {
    app =
        apps.start(
            "firesteel-schedules",
            ScheduleTopology.build(topics, encoder, metrics),
            ScheduleTopology.settings());
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
  }
}
