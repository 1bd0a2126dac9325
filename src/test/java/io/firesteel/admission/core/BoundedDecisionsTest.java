package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One decision concerns a bounded number of jobs, however many follow from it. */
final class BoundedDecisionsTest {

  private static final Duration TICK = Duration.ofMillis(100);

  /** A job that is released and admitted gives four outputs; some more for the tenant. */
  private static final int MAX_OUTPUTS = 5 * Admission.MAX_JOBS;

  private final InMemoryAdmissionStore store = new InMemoryAdmissionStore();
  private final AdmissionHarness admissionHarness =
      AdmissionHarness.unchecked(AdmissionSettings.DEFAULT, store);

  @Test
  void fiftyThousandDependentsStartOneBatchAfterTheOther() {
    int jobs = 50_000;
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    for (int i = 0; i < jobs; i++) {
      admissionHarness.submit(job("blue", "d" + i).after("1", Dependency.Condition.SUCCESS));
    }
    admissionHarness.limit("blue", jobs);

    assertBounded(admissionHarness.finished(ONE, null));
    tickUntilQuiet();

    assertThat(admissionHarness.drivers()).hasSize(jobs);
  }

  @Test
  void aChainOfDependentsFailsOneBatchAfterTheOther() {
    int jobs = 5_000;
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    for (int i = 2; i <= jobs; i++) {
      String before = Integer.toString(i - 1);
      admissionHarness.submit(job("blue", "" + i).after(before, Dependency.Condition.SUCCESS));
    }

    assertBounded(admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION)));
    tickUntilQuiet();

    assertThat(admissionHarness.results(new JobKey("blue", "" + jobs))).hasSize(1);
  }

  @Test
  void aRaisedLimitAdmitsOneBatchAfterTheOther() {
    int jobs = 5_000;
    admissionHarness.limit("blue", 0);
    for (int i = 0; i < jobs; i++) {
      admissionHarness.submit(job("blue", "" + i));
    }

    assertBounded(admissionHarness.limit("blue", jobs));
    tickUntilQuiet();

    assertThat(admissionHarness.drivers()).hasSize(jobs);
  }

  private void tickUntilQuiet() {
    List<AdmissionOutput> outputs = admissionHarness.after(TICK);
    while (!outputs.isEmpty()) {
      assertBounded(outputs);
      outputs = admissionHarness.after(TICK);
    }
    assertThat(store.snapshot().keySet()).noneMatch(key -> key.startsWith("f/"));
  }

  private static void assertBounded(List<AdmissionOutput> outputs) {
    assertThat(outputs).hasSizeLessThan(MAX_OUTPUTS);
  }
}
