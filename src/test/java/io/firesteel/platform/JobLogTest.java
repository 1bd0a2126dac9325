package io.firesteel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.JobKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class JobLogTest {

  private static final JobKey JOB = new JobKey("acme", "7");
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void aLineAboutAJobNamesItAndItsTrace() {
    assertThat(line("00-" + TRACE + "-00f067aa0ba902b7-01").fields())
        .isEqualTo(Map.of("tenant", "acme", "jobId", "7", "traceId", TRACE, "attempt", "2"));
  }

  @Test
  void aJobWithoutATraceHasNone() {
    assertThat(line(null).fields()).doesNotContainKey("traceId");
  }

  @Test
  void theNextLineIsAboutNothing() {
    line(null);
    try (CapturedLog capturedLog = CapturedLog.by(JobLogTest.class)) {
      LoggerFactory.getLogger(JobLogTest.class).info("said");

      assertThat(capturedLog.lines())
          .singleElement()
          .extracting(CapturedLog.Line::fields)
          .isEqualTo(Map.of());
    }
  }

  private static CapturedLog.Line line(@Nullable String traceparent) {
    try (CapturedLog capturedLog = CapturedLog.by(JobLogTest.class)) {
      try (var _ = JobLog.about(JOB, traceparent).with("attempt", 2).with("reason", null)) {
        LoggerFactory.getLogger(JobLogTest.class).info("said");
      }
      return capturedLog.lines().getFirst();
    }
  }
}
