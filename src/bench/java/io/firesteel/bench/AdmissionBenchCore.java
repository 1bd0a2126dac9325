package io.firesteel.bench;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.LinkTemplates;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core alone, with its state on the heap: fills the queues, then lets jobs end and arrive so
 * that the queues stay as long, and counts decisions. One thread.
 */
final class AdmissionBenchCore {

  private static final int SLOTS = 32;
  private static final AdmissionSettings SETTINGS =
      new AdmissionSettings(
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          LinkTemplates.NONE);

  private final Admission admission = new Admission(SETTINGS);
  private final InMemoryAdmissionStore state = new InMemoryAdmissionStore();
  private final Deque<DesiredDriver> running = new ArrayDeque<>();
  private final int tenants;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long decisions;
  private int jobs;

  AdmissionBenchCore(int tenants, int queued) {
    this.tenants = tenants;
    for (int tenant = 0; tenant < tenants; tenant++) {
      decide(AdmissionBenchLoad.tenant("t" + tenant, Math.max(1, SLOTS / tenants)));
    }
    while (jobs < queued + Math.max(SLOTS, tenants)) {
      submit();
    }
  }

  /**
   * Decisions in a second of this thread's user time while the queues keep their length. Other
   * programs on the machine do not count. Neither does the kernel: it works only when a heap that
   * grows touches new memory, which took more than half of the time and is not the core's.
   */
  double decisionsPerSecond(Duration span) {
    decisions = 0;
    long begin = userNanos();
    while (userNanos() - begin < span.toNanos()) {
      for (int i = 0; i < 100; i++) {
        oneEndsOneArrives();
      }
      now = now.plusMillis(10);
      carryOut(new Tick(1_000));
    }
    return decisions * 1e9 / (userNanos() - begin);
  }

  private static long userNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadUserTime();
  }

  private void oneEndsOneArrives() {
    DesiredDriver driver = running.poll();
    if (driver != null) {
      AdmissionBenchLoad.driverObservations(driver.attempt(), now).forEach(this::decide);
    }
    submit();
  }

  private void submit() {
    int number = jobs++;
    decide(AdmissionBenchLoad.submitted(new JobKey("t" + number % tenants, "job-" + number), now));
  }

  private void decide(InboxMessage message) {
    carryOut(new MessageArrived(AdmissionBenchLoad.COHORT, message));
  }

  private void carryOut(AdmissionInput input) {
    decisions++;
    WriteBackStore changes = new WriteBackStore(state);
    List<AdmissionOutput> outputs = admission.decide(changes, input, now);
    changes.flush();
    for (AdmissionOutput admissionOutput : outputs) {
      if (admissionOutput instanceof AdmissionOutput.SetDesiredDriver(_, var driver)) {
        started(driver);
      }
    }
  }

  private void started(@Nullable DesiredDriver driver) {
    if (driver != null && driver.podUid() == null) {
      running.add(driver);
    }
  }
}
