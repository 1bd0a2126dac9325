package io.firesteel.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.local.kubernetes.audit.AuditEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DriverRunsTest {

  @Test
  void countsConcurrentDrivers() {
    DriverRuns runs =
        DriverRuns.of(
            List.of(created("a", 10), created("b", 20), ended("a", 30), created("c", 30)));

    assertThat(runs.maxConcurrent("acme")).isEqualTo(2);
    assertThat(runs.maxConcurrent("globex")).isZero();
  }

  @Test
  void countsARemovedPodAsEnded() {
    DriverRuns runs =
        DriverRuns.of(
            List.of(created("a", 10), entry("remove", "a", "a", "", 20), created("b", 25)));

    assertThat(runs.maxConcurrent("acme")).isEqualTo(1);
  }

  @Test
  void findsAPodThatWasCreatedTwice() {
    DriverRuns runs =
        DriverRuns.of(
            List.of(
                created("a", 10),
                entry("remove", "a", "a", "", 20),
                entry("create", "a", "another-uid", "Pending", 30),
                entry("update", "a", "another-uid", "Running", 40)));

    assertThat(runs.podsCreatedTwice()).containsExactly("acme-jobs/a");
    assertThat(runs.late()).isEmpty();
  }

  @Test
  void doesNotCountALatePodThatNeverStarts() {
    DriverRuns runs =
        DriverRuns.of(
            List.of(
                created("a", 10),
                ended("a", 15),
                entry("remove", "a", "a", "", 20),
                entry("create", "a", "another-uid", "Pending", 30)));

    assertThat(runs.podsCreatedTwice()).isEmpty();
    assertThat(runs.late()).extracting(DriverRun::uid).containsExactly("another-uid");
    assertThat(runs.live()).as("it is there until it is removed").hasSize(1);
  }

  @Test
  void countsTheFirstPodOfANameEvenIfItNeverStarts() {
    DriverRuns runs = DriverRuns.of(List.of(created("a", 10), entry("remove", "a", "a", "", 20)));

    assertThat(runs.runs()).hasSize(1);
    assertThat(runs.late()).isEmpty();
  }

  @Test
  void ignoresRejectedWrites() {
    AuditEntry refused =
        new AuditEntry(
            10,
            "",
            "create",
            "pods",
            "",
            "acme-jobs",
            "a",
            "",
            "worker",
            "",
            409,
            "AlreadyExists",
            "",
            "",
            false,
            Map.of("spark-role", "driver"),
            List.of(),
            List.of());

    assertThat(DriverRuns.of(List.of(refused)).runs()).isEmpty();
  }

  private static AuditEntry created(String pod, long when) {
    return entry("create", pod, pod, "Pending", when);
  }

  private static AuditEntry ended(String pod, long when) {
    return entry("update", pod, pod, "Succeeded", when);
  }

  private static AuditEntry entry(String verb, String pod, String uid, String phase, long when) {
    return new AuditEntry(
        when,
        "",
        verb,
        "pods",
        "",
        "acme-jobs",
        pod,
        uid,
        "worker",
        "",
        200,
        "",
        phase,
        "",
        false,
        Map.of("spark-role", "driver", "firesteel.io/tenant", "acme"),
        List.of(),
        List.of());
  }
}
