package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A writing of an object that is told late starts nothing. */
final class ObjectVersionsTest {

  private static final JobKey OLDER = new JobKey("blue", "older");

  private final InMemoryAdmissionStore state = new InMemoryAdmissionStore();
  private final AdmissionHarness admissionHarness =
      new AdmissionHarness(AdmissionSettings.DEFAULT, state);

  @Test
  void refusesAnOlderWritingAndSaysWhy() {
    admissionHarness.limit("blue", 9);
    admissionHarness.submit(job("blue", "newer").version("a", "2"));

    admissionHarness.submit(job("blue", "older").version("a", "1"));

    assertThat(admissionHarness.drivers()).doesNotContainKey(OLDER);
    assertThat(admissionHarness.result(OLDER).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(Objects.requireNonNull(admissionHarness.result(OLDER).failure()).reason())
        .isEqualTo("ObjectOutdated");
  }

  @Test
  void letsNewerOnesAndOtherObjectsIn() {
    admissionHarness.limit("blue", 9);
    admissionHarness.limit("green", 9);
    admissionHarness.submit(job("blue", "1").version("a", "2"));
    admissionHarness.submit(job("blue", "2").version("a", "2"));
    admissionHarness.submit(job("blue", "3").version("a", "3"));
    admissionHarness.submit(job("blue", "4").version("b", "1"));
    admissionHarness.submit(job("green", "5").version("a", "1"));

    assertThat(admissionHarness.drivers()).hasSize(5);
  }

  @Test
  void doesNotCountAWritingThatWasNotLetIn() {
    admissionHarness.limit("blue", 0);
    admissionHarness.submit(
        job("blue", "newer").version("a", "2").after("newer", Dependency.Condition.SUCCESS));
    admissionHarness.submit(job("blue", "older").version("a", "1"));

    assertThat(admissionHarness.results(OLDER)).isEmpty();
  }

  @Test
  void forgetsAWritingTogetherWithItsJob() {
    admissionHarness.limit("blue", 9);
    int before = state.size();
    admissionHarness.submit(job("blue", "newer").version("a", "2"));
    admissionHarness.submit(job("blue", "newest").version("a", "3"));
    admissionHarness.finished(new JobKey("blue", "newer"), null);
    admissionHarness.after(Duration.ofDays(8));
    admissionHarness.submit(job("blue", "older").version("a", "1"));
    assertThat(admissionHarness.result(OLDER).outcome()).isEqualTo(Outcome.REFUSED);

    admissionHarness.finished(new JobKey("blue", "newest"), null);
    admissionHarness.after(Duration.ofDays(8));

    assertThat(state.size()).isEqualTo(before);
  }
}
