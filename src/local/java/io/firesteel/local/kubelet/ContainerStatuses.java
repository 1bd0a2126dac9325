package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The container's part of a pod's status. */
final class ContainerStatuses {

  private ContainerStatuses() {}

  static List<ContainerStatus> of(PodStatuses.View view, Predicate<ContainerFacts> which) {
    return view.containers().stream().filter(which).map(facts -> of(view, facts)).toList();
  }

  private static ContainerStatus of(PodStatuses.View view, ContainerFacts facts) {
    var ready = facts.running() || (facts.init() && !facts.sidecar() && facts.succeeded());
    var ran = !(facts.state() instanceof ContainerState.Waiting) || facts.last() != null;
    return new ContainerStatusBuilder()
        .withName(facts.name())
        .withImage(facts.spec().getImage())
        .withImageID(ran ? "local://" + facts.spec().getImage() : "")
        .withContainerID(ran ? id(view, facts) : null)
        .withReady(ready)
        .withStarted(facts.running())
        .withRestartCount(facts.restarts())
        .withState(state(facts.state(), ran ? id(view, facts) : null))
        .withLastState(
            facts.last() == null
                ? new ContainerStateBuilder().build()
                : state(facts.last(), id(view, facts)))
        .build();
  }

  private static String id(PodStatuses.View view, ContainerFacts facts) {
    return "local://%s/%s/%d".formatted(view.pod().uid(), facts.name(), facts.restarts());
  }

  private static io.fabric8.kubernetes.api.model.ContainerState state(
      ContainerState state, @Nullable String id) {
    var builder = new ContainerStateBuilder();
    return switch (state) {
      case ContainerState.Waiting(var reason, var message, _) ->
          builder.withNewWaiting(message, reason).build();
      case ContainerState.Running(var since) ->
          builder.withNewRunning().withStartedAt(time(since)).endRunning().build();
      case ContainerState.Ended ended ->
          builder
              .withNewTerminated()
              .withContainerID(id)
              .withExitCode(ended.exitCode())
              .withReason(ended.reason())
              .withMessage(ended.message())
              .withStartedAt(time(ended.started()))
              .withFinishedAt(time(ended.finished()))
              .endTerminated()
              .build();
    };
  }

  /** Kubernetes writes times to the second. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
