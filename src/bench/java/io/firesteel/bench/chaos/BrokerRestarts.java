package io.firesteel.bench.chaos;

import io.firesteel.bench.chaos.FaultSchedule.Fault;
import io.firesteel.local.kafka.BrokerProcess;
import java.time.Duration;
import java.util.Random;

/**
 * Restarts the broker while the workers' faults are injected, every second time by {@code kill -9}.
 * One thread.
 */
record BrokerRestarts(BrokerProcess broker, int count, FaultSchedule schedule, Random random) {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final int MAX_OUTAGE_MILLIS = 4000;

  /** Returns after the last restart. */
  Void restartAll() throws InterruptedException {
    for (int number = 1; number <= count; number++) {
      while (schedule.progress() < (double) number / (count + 1)) {
        Thread.sleep(POLL_INTERVAL);
      }
      broker.stop(number % 2 == 1);
      Thread.sleep(random.nextInt(MAX_OUTAGE_MILLIS));
      broker.restart();
      schedule.done(Fault.BROKER_RESTART);
    }
    return null;
  }
}
