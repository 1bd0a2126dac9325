package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Container statuses of a pod. */
public final class ContainerStatuses {

  private ContainerStatuses() {}

  static List<ContainerStatus> of(
      PodStatusGenerator.Input input, Predicate<ContainerRecord> which) {
    return input.containers().stream().filter(which).map(facts -> of(input, facts)).toList();
  }

  private static ContainerStatus of(PodStatusGenerator.Input input, ContainerRecord facts) {
    var ready = facts.started() || (facts.init() && !facts.sidecar() && facts.succeeded());
    var ran = !(facts.state() instanceof ContainerState.Waiting) || facts.last() != null;
    return new ContainerStatusBuilder()
        .withName(facts.name())
        .withImage(facts.spec().getImage())
        .withImageID(ran ? "local://" + facts.spec().getImage() : "")
        .withContainerID(ran ? id(input, facts) : null)
        .withReady(ready)
        .withStarted(facts.started())
        .withRestartCount(facts.restarts())
        .withState(state(facts.state(), ran ? id(input, facts) : null))
        .withLastState(
            facts.last() == null
                ? new ContainerStateBuilder().build()
                : state(facts.last(), id(input, facts)))
        .build();
  }

  private static String id(PodStatusGenerator.Input input, ContainerRecord facts) {
    return "local://%s/%s/%d".formatted(input.pod().uid(), facts.name(), facts.restarts());
  }

  private static io.fabric8.kubernetes.api.model.ContainerState state(
      ContainerState state, @Nullable String id) {
    var builder = new ContainerStateBuilder();
    return switch (state) {
      case ContainerState.Waiting(var reason, var message, _) ->
          builder.withNewWaiting(message, reason).build();
      case ContainerState.Running(var since, _) ->
          builder.withNewRunning().withStartedAt(time(since)).endRunning().build();
      case ContainerState.Terminated terminated ->
          builder
              .withNewTerminated()
              .withContainerID(id)
              .withExitCode(terminated.exitCode())
              .withReason(terminated.reason())
              .withMessage(terminated.message())
              .withStartedAt(time(terminated.started()))
              .withFinishedAt(time(terminated.finished()))
              .endTerminated()
              .build();
    };
  }

  /** Kubernetes times have a resolution of one second. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
