package io.firesteel.admission.moves;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.SampleJob;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Dependency;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a tenant's jobs, ids and limits when its definition names another cohort. */
final class CohortChangeTest {

  private static final JobKey ONE = new JobKey("t0", "1");
  private static final JobKey TWO = new JobKey("t0", "2");

  private final PartitionedAdmission admission = new PartitionedAdmission();

  @Test
  void aCancellationReachesAJobFromBeforeTheChange() {
    define("c1");
    submit(ONE);
    define("c2");

    cancel(ONE);

    assertThat(admission.events).contains("t0/1 JobCancelling");
    assertThat(admission.driver(ONE).stop()).isTrue();
  }

  @Test
  void aResentRequestIsADuplicateAfterTheChange() {
    define("c1");
    submit(ONE);
    finish(ONE);
    define("c2");
    settle();

    submit(ONE);

    assertThat(admission.events).endsWith("t0/1 JobDuplicate");
    assertThat(admission.drivers).isEmpty();
  }

  @Test
  void theTenantsLimitHoldsDuringTheChange() {
    define("c1");
    submit(ONE);
    define("c2");
    settle();

    submit(TWO);
    settle();
    assertThat(admission.used("t0")).isEqualTo(1);

    finish(ONE);
    finish(TWO);
    assertThat(admission.results.keySet()).containsExactly(ONE, TWO);
  }

  @Test
  void staysIfItIsToReturnBeforeItHasMoved() {
    define("c1");
    submit(ONE);
    define("c2");
    define("c1");
    finish(ONE);
    settle();

    assertThat(admission.home("t0")).isEqualTo("c1");
  }

  @Test
  void movesToTheCohortThatIsNamedLast() {
    define("c1");
    submit(ONE);
    define("c2");
    define("c0");
    finish(ONE);
    settle();
    submit(ONE);

    assertThat(admission.home("t0")).isEqualTo("c0");
    assertThat(admission.events).endsWith("t0/1 JobDuplicate");
  }

  @Test
  void knowsItsJobsWhenItReturnsAfterTheMove() {
    define("c1");
    submit(ONE);
    finish(ONE);
    define("c2");
    submit(TWO);
    finish(TWO);
    define("c1");
    settle();

    submit(ONE);
    submit(TWO);

    assertThat(admission.home("t0")).isEqualTo("c1");
    assertThat(admission.events).endsWith("t0/1 JobDuplicate", "t0/2 JobDuplicate");
  }

  @Test
  void aJobMayDependOnOneFromBeforeTheMove() {
    define("c1");
    submit(ONE);
    finish(ONE);
    define("c2");
    settle();

    admission.submit(
        0, SampleJob.job("t0", "2").published(2).after("1", Dependency.Condition.SUCCESS));
    admission.readAll();

    assertThat(admission.drivers).containsOnlyKeys(TWO);
  }

  @Test
  void refusesAnObjectThatIsOlderThanOneFromBeforeTheMove() {
    define("c1");
    admission.submit(0, SampleJob.job("t0", "1").published(1).version("object", "b"));
    admission.readAll();
    finish(ONE);
    define("c2");
    settle();

    admission.submit(0, SampleJob.job("t0", "2").published(2).version("object", "a"));
    admission.readAll();

    assertThat(admission.results.get(TWO))
        .singleElement()
        .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.REFUSED));
  }

  @Test
  void movesOnlyAfterAllOfManyJobsWereCopied() {
    define("c1");
    int jobs = 250;
    for (int id = 1; id <= jobs; id++) {
      submit(new JobKey("t0", "" + id));
      finish(new JobKey("t0", "" + id));
    }
    define("c2");
    assertThat(admission.home("t0")).isEqualTo("c1");
    settle();
    assertThat(admission.home("t0")).isEqualTo("c2");

    for (int id = 1; id <= jobs; id++) {
      submit(new JobKey("t0", "" + id));
    }

    assertThat(admission.drivers).isEmpty();
  }

  private void define(String cohort) {
    admission.define(0, SampleJob.limits("t0", cohort, 1, 1, TenantLimits.UNLIMITED));
    admission.readAll();
  }

  private void submit(JobKey key) {
    admission.submit(0, SampleJob.job(key.tenant(), key.id()).published(1));
    admission.readAll();
  }

  private void cancel(JobKey key) {
    admission.send(0, new InboxMessage.CancelRequested(key, SampleJob.origin("cancel"), null));
    admission.readAll();
  }

  private void finish(JobKey key) {
    DesiredDriver driver = admission.driver(key);
    admission.finish(driver);
    admission.readAll();
  }

  private void settle() {
    for (int i = 0; i < 5; i++) {
      admission.tick(Duration.ofMillis(100));
      admission.readAll();
    }
  }
}
