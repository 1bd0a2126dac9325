package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PodWarningsTest {

  private static final Event UNMOUNTED = warning(10, "FailedMount", "configmap not found");
  private static final Event STARTED = event("Normal", 11, "Started", "Started container");

  @Test
  void sayWhyADriverDoesNotStart() {
    assertThat(PodWarnings.of(List.of(UNMOUNTED)))
        .containsExactly("FailedMount: configmap not found");
  }

  @Test
  void leaveOutWhatWasMendedBeforeTheDriverStarted() {
    Event evicted = warning(40, "Evicted", "The node was low on memory");

    assertThat(PodWarnings.of(List.of(UNMOUNTED, STARTED, evicted)))
        .containsExactly("Evicted: The node was low on memory");
  }

  @Test
  void areNotMendedByASidecarThatStarted() {
    Event sidecar = event("Normal", 20, "Started", "Started container");
    sidecar.getInvolvedObject().setFieldPath("spec.containers{proxy}");

    assertThat(PodWarnings.of(List.of(UNMOUNTED, sidecar))).hasSize(1);
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

  @Test
  void holdWhateverAnEventLacks() {
    Event bare = new EventBuilder().withType("Warning").withNewMetadata().endMetadata().build();
    bare.setReason("Odd");
    bare.setLastTimestamp("2026-03-01T12:00:00Z");

    assertThat(PodWarnings.of(List.of(bare))).containsExactly("Odd: ");
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
        .withFieldPath("spec.containers{spark-kubernetes-driver}")
        .endInvolvedObject()
        .build();
  }
}
