package io.firesteel.workflow;

import io.firesteel.event.CloudEventEncoder;
import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.firesteel.workflow.core.Items;
import io.firesteel.workflow.core.TaskOutcome;
import io.firesteel.workflow.core.TaskState;
import io.firesteel.workflow.core.TaskSummary;
import io.firesteel.workflow.core.WorkflowDecisions;
import io.firesteel.workflow.core.WorkflowEvent;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import io.firesteel.workflow.core.WorkflowOutcome;
import io.firesteel.workflow.core.WorkflowResult;
import io.firesteel.workflow.core.WorkflowState;
import io.firesteel.workflow.core.WorkflowStatus;
import io.firesteel.workflow.spec.Condition;
import io.firesteel.workflow.spec.Depends;
import io.firesteel.workflow.spec.ForEach;
import io.firesteel.workflow.spec.TaskSpec;
import io.firesteel.workflow.spec.WorkflowSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Starts and stops the Kafka Streams instance of the workflows. */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      WorkflowMessage.class,
      WorkflowOutcome.class,
      TaskOutcome.class,
      Condition.class,
      WorkflowState.class,
      WorkflowState.Stop.class,
      WorkflowStatus.class,
      WorkflowResult.class,
      WorkflowEvent.class,
      WorkflowKey.class,
      WorkflowSpec.class,
      TaskSpec.class,
      TaskState.class,
      TaskSummary.class,
      Items.class,
      Depends.class,
      ForEach.class,
      ForEach.Source.class
    })
class WorkflowLifecycle {

  private final WorkflowConfig config;
  private final StreamsApps apps;
  private final Topics topics;
  private final CloudEventEncoder encoder;
  private final WorkflowMetrics metrics;
  private @Nullable StreamsApp app;

  WorkflowLifecycle(
      WorkflowConfig config,
      StreamsApps apps,
      Topics topics,
      CloudEventEncoder encoder,
      MeterRegistry registry) {
    this.config = config;
    this.apps = apps;
    this.topics = topics;
    this.encoder = encoder;
    this.metrics = new WorkflowMetrics(registry);
  }

  void start(@Observes StartupEvent event) {
    app =
        apps.start(
            "firesteel-workflows",
            WorkflowTopology.build(
                topics, new WorkflowDecisions(config.retention()), encoder, metrics),
            WorkflowTopology.settings());
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
  }
}
