package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.limits;
import static io.firesteel.admission.core.SampleJob.onFailure;
import static io.firesteel.admission.core.SampleJob.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobStatus;
import io.firesteel.event.JobStatus.AttemptStatus;
import io.firesteel.event.TenantStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the status topics say about jobs and tenants. */
final class PublishedStatusTest {

  private static final Duration TICK = Duration.ofMillis(100);

  @Test
  void aTenantsSlotsQueueAndSuspensionArePublishedOnceForManyChanges() {
    try (AdmissionTopologyHarness admission = new AdmissionTopologyHarness()) {
      admission.send(new InboxMessage.TenantDefined(limits("blue", 1)));
      for (int i = 0; i < 20; i++) {
        admission.send(job("blue", "job-" + i).submitted());
      }
      admission.send(new InboxMessage.TenantSuspended("blue", origin("stop")));
      admission.elapse(TICK);

      List<TenantStatus> published = admission.tenantStatus();
      assertThat(published).hasSize(1);
      TenantStatus status = published.getFirst();
      assertThat(status.suspended()).isTrue();
      assertThat(status.defined()).isTrue();
      assertThat(status.running()).isEqualTo(1);
      assertThat(status.queued()).isEqualTo(19);
      assertThat(status.maxConcurrency()).isEqualTo(1);

      admission.elapse(TICK);
      assertThat(admission.tenantStatus()).isEmpty();
    }
  }

  @Test
  void aJobKeepsHowItsEarlierAttemptsEnded() {
    try (AdmissionTopologyHarness admission = new AdmissionTopologyHarness()) {
      admission.send(new InboxMessage.TenantDefined(limits("blue", 1)));
      admission.send(job("blue", "1").retry(onFailure(20, Duration.ZERO)).submitted());
      for (int attempt = 1; attempt <= 12; attempt++) {
        DesiredDriver driver =
            JsonCodec.read(admission.drivers().getFirst().bytes(), DesiredDriver.class);
        admission.send(
            new InboxMessage.Observed(
                new Observation.Finished(
                    driver.attempt(), START, failure(FailureCategory.APPLICATION))));
      }

      JobStatus status = JsonCodec.read(admission.status().getFirst().bytes(), JobStatus.class);
      assertThat(status.attempt()).isEqualTo(13);
      assertThat(status.attempts())
          .extracting(AttemptStatus::number)
          .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
      assertThat(status.attempts())
          .allSatisfy(attempt ->
              assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo("Reason"));
      assertThat(status.submitter()).extracting(JobStatus.Submitter::source).isEqualTo("/tests");
      assertThat(new String(JsonCodec.write(status), StandardCharsets.UTF_8))
          .doesNotContain("logTail");
    }
  }
}
