package io.firesteel.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The stages of an attempt never contradict each other, whatever the cluster's clock says. */
final class TimelineTest {

  private static final Instant SUBMITTED = Instant.parse("2026-03-01T12:00:00.600Z");

  @Test
  void aDriverThatStartedInTheSecondOfItsSubmissionDidNotStartBeforeIt() {
    Timeline timeline =
        Timeline.received(SUBMITTED)
            .admitted(SUBMITTED)
            .submitted(SUBMITTED)
            .started(Instant.parse("2026-03-01T12:00:00Z"));

    assertThat(timeline.startedAt()).isEqualTo(SUBMITTED);
  }

  @Property
  void stagesAreInOrderInWhicheverOrderTheyAreHeardOf(
      @ForAll @LongRange(min = -5000, max = 5000) long scheduled,
      @ForAll @LongRange(min = -5000, max = 5000) long started,
      @ForAll @LongRange(min = -5000, max = 5000) long finished,
      @ForAll boolean startFirst) {
    Timeline admitted = Timeline.received(SUBMITTED).admitted(SUBMITTED.minusSeconds(60));
    Instant start = SUBMITTED.plusMillis(started);
    Timeline running =
        startFirst
            ? admitted.started(start).submitted(SUBMITTED)
            : admitted
                .submitted(SUBMITTED)
                .scheduled(SUBMITTED.plusMillis(scheduled))
                .started(start);
    Timeline done = running.finished(SUBMITTED.plusMillis(finished));

    List<Instant> stages =
        Stream.of(done.submittedAt(), done.scheduledAt(), done.startedAt(), done.finishedAt())
            .filter(Objects::nonNull)
            .toList();
    assertThat(stages).isSorted();
  }
}
