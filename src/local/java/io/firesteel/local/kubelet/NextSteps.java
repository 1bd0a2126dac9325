package io.firesteel.local.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do next for a pod that is neither over nor being ended, decided from its containers
 * alone: init containers one after the other, sidecars when their turn comes, then the containers
 * together; whatever ended and may run again waits its back-off first. The rules are the kubelet's.
 *
 * @param start to be started now
 * @param rerun ended, and to run again: state them as waiting
 * @param wake when to look again although nothing happened; null for never
 * @param over the containers are done for good: stop the sidecars, the pod is over
 */
record NextSteps(
    List<ContainerFacts> start, List<Rerun> rerun, @Nullable Instant wake, boolean over) {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** An ended container and what it waits for now. */
  record Rerun(ContainerFacts facts, ContainerState.Waiting next) {}

  static NextSteps of(PodOutline pod, List<ContainerFacts> containers, Instant now) {
    return new Decision(pod, containers, now).decide();
  }

  private static final class Decision {

    private final PodOutline pod;
    private final List<ContainerFacts> containers;
    private final Instant now;
    private final List<ContainerFacts> start = new ArrayList<>();
    private final List<Rerun> rerun = new ArrayList<>();
    private @Nullable Instant wake;

    private Decision(PodOutline pod, List<ContainerFacts> containers, Instant now) {
      this.pod = pod;
      this.containers = containers;
      this.now = now;
    }

    private NextSteps decide() {
      var mains = containers.stream().filter(facts -> !facts.init()).toList();
      var over = mains.stream().allMatch(this::doneForGood);
      for (var facts : containers) {
        if (over) {
          break;
        }
        if (facts.init() && doneForGood(facts) && !facts.succeeded()) {
          over = true;
        } else {
          advance(facts);
          if (facts.init() && !facts.succeeded() && !(facts.sidecar() && facts.running())) {
            break;
          }
        }
      }
      return new NextSteps(List.copyOf(start), List.copyOf(rerun), wake, over);
    }

    private void advance(ContainerFacts facts) {
      switch (facts.state()) {
        case ContainerState.Waiting waiting -> {
          if (waiting.until().isAfter(now)) {
            wake = wake == null || waiting.until().isBefore(wake) ? waiting.until() : wake;
          } else {
            start.add(facts);
          }
        }
        case ContainerState.Running _ -> {}
        case ContainerState.Ended ended -> {
          if (!doneForGood(facts)) {
            rerun.add(new Rerun(facts, backOff(facts, ended)));
          }
        }
      }
    }

    private boolean doneForGood(ContainerFacts facts) {
      return facts.state() instanceof ContainerState.Ended ended
          && switch (facts.sidecar() ? "Always" : pod.restartPolicy()) {
            case "Never" -> true;
            case "Always" -> facts.init() && !facts.sidecar() && ended.succeeded();
            default -> ended.succeeded();
          };
    }

    /** The first new run comes at once, then the pauses double. */
    private ContainerState.Waiting backOff(ContainerFacts facts, ContainerState.Ended ended) {
      var pause = pause(facts.restarts());
      var message =
          "back-off %ds restarting failed container=%s pod=%s_%s(%s)"
              .formatted(pause.toSeconds(), facts.name(), pod.name(), pod.namespace(), pod.uid());
      return new ContainerState.Waiting("CrashLoopBackOff", message, ended.finished().plus(pause));
    }

    private Duration pause(int restarts) {
      if (restarts == 0) {
        return Duration.ZERO;
      }
      var pause = pod.backOff().multipliedBy(1L << Math.min(restarts - 1, 10));
      return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
  }
}
