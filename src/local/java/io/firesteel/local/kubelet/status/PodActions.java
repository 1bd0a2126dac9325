package io.firesteel.local.kubelet.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next actions for a pod that neither is finished nor terminates, by the rules of the kubelet:
 * init containers in order, sidecars among them, then all containers; restarts after a back-off.
 *
 * @param start containers to start now
 * @param restart ended containers that wait for a restart
 * @param nextSync when to check again without an event; null for never
 * @param finished whether all containers have ended for good
 */
public record PodActions(
    List<ContainerRecord> start,
    List<Restart> restart,
    @Nullable Instant nextSync,
    boolean finished) {

  private static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);

  /** An ended container and its waiting state. */
  public record Restart(ContainerRecord container, ContainerState.Waiting next) {}

  public static PodActions compute(PodSummary pod, List<ContainerRecord> containers, Instant now) {
    return new Decision(pod, containers, now).decide();
  }

  private static final class Decision {

    private final PodSummary pod;
    private final List<ContainerRecord> containers;
    private final Instant now;
    private final List<ContainerRecord> start = new ArrayList<>();
    private final List<Restart> rerun = new ArrayList<>();
    private @Nullable Instant wake;

    private Decision(PodSummary pod, List<ContainerRecord> containers, Instant now) {
      this.pod = pod;
      this.containers = containers;
      this.now = now;
    }

    private PodActions decide() {
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
      return new PodActions(List.copyOf(start), List.copyOf(rerun), wake, over);
    }

    private void advance(ContainerRecord facts) {
      switch (facts.state()) {
        case ContainerState.Waiting waiting -> {
          if (waiting.until().isAfter(now)) {
            wake = wake == null || waiting.until().isBefore(wake) ? waiting.until() : wake;
          } else {
            start.add(facts);
          }
        }
        case ContainerState.Running _ -> {}
        case ContainerState.Terminated terminated -> {
          if (!doneForGood(facts)) {
            rerun.add(new Restart(facts, backOff(facts, terminated)));
          }
        }
      }
    }

    private boolean doneForGood(ContainerRecord facts) {
      return facts.state() instanceof ContainerState.Terminated terminated
          && switch (facts.sidecar() ? "Always" : pod.restartPolicy()) {
            case "Never" -> true;
            case "Always" -> facts.init() && !facts.sidecar() && terminated.succeeded();
            default -> terminated.succeeded();
          };
    }

    /** The first restart is immediate; then the delays double. */
    private ContainerState.Waiting backOff(
        ContainerRecord facts, ContainerState.Terminated terminated) {
      var pause = pause(facts.restarts());
      var message =
          "back-off %ds restarting failed container=%s pod=%s_%s(%s)"
              .formatted(pause.toSeconds(), facts.name(), pod.name(), pod.namespace(), pod.uid());
      return new ContainerState.Waiting(
          "CrashLoopBackOff", message, terminated.finished().plus(pause));
    }

    private Duration pause(int restarts) {
      if (restarts == 0) {
        return Duration.ZERO;
      }
      var pause = pod.backOff().multipliedBy(1L << Math.min(restarts - 1, 10));
      return pause.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : pause;
    }
  }
}
