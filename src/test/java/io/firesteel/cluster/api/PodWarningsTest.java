package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PodWarningsTest {

  private static final String DRIVER = "spec.containers{spark-kubernetes-driver}";
  private static final String SIDECAR = "spec.containers{proxy}";
  private static final Event UNMOUNTED = warning(10, "FailedMount", "configmap not found");

  @Test
  void sayWhyADriverDoesNotStart() {
    assertThat(PodWarnings.of(List.of(UNMOUNTED)))
        .containsExactly("FailedMount: configmap not found");
  }

  @Test
  void leaveOutWarningsFromBeforeTheDriverStarted() {
    Event evicted = warning(40, "Evicted", "The node was low on memory");

    assertThat(PodWarnings.of(List.of(UNMOUNTED, started(10, DRIVER), evicted)))
        .containsExactly("Evicted: The node was low on memory");
  }

  @Test
  void leaveOutAPodsWarningsOnceAnyContainerStarts() {
    assertThat(PodWarnings.of(List.of(UNMOUNTED, started(11, "spec.initContainers{prepare}"))))
        .isEmpty();
  }

  @Test
  void keepAContainersWarningsWhenAnotherStarts() {
    Event unpulled = warning(12, "Failed", "no such image");
    unpulled.getInvolvedObject().setFieldPath(DRIVER);

    assertThat(PodWarnings.of(List.of(unpulled, started(13, SIDECAR))))
        .containsExactly("Failed: no such image");
    assertThat(PodWarnings.of(List.of(unpulled, started(13, DRIVER)))).isEmpty();
  }

  @Test
  void leaveOutTheStartupProbeThatEveryDriverFailsAtFirst() {
    assertThat(
            PodWarnings.of(
                List.of(
                    warning(12, "Unhealthy", "Startup probe failed: dial tcp 10.0.0.1:4040"),
                    warning(13, "Unhealthy", "Liveness probe failed: timeout"))))
        .containsExactly("Unhealthy: Liveness probe failed: timeout");
  }

  @Test
  void areTheLastThreeOldestFirst() {
    List<Event> many =
        List.of(
            warning(14, "D", "d"),
            warning(13, "C", "c"),
            warning(12, "B", "b"),
            warning(15, "D", "d"),
            warning(11, "A", "a"));

    assertThat(PodWarnings.of(many)).containsExactly("B: b", "C: c", "D: d");
  }

  private static Event started(int second, String container) {
    Event start = event("Normal", second, "Started", "Started container");
    start.getInvolvedObject().setFieldPath(container);
    return start;
  }

  private static Event warning(int second, String reason, String message) {
    return event("Warning", second, reason, message);
  }

  private static Event event(String type, int second, String reason, String message) {
    return new EventBuilder()
        .withType(type)
        .withReason(reason)
        .withMessage(message)
        .withLastTimestamp("2026-03-01T12:00:%02dZ".formatted(second))
        .withNewMetadata()
        .endMetadata()
        .withNewInvolvedObject()
        .endInvolvedObject()
        .build();
  }
}
