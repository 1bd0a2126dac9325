package io.firesteel.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a replica may act on its partitions. */
final class LeasesTest {

  private static final Duration SESSION = Duration.ofSeconds(9);
  private static final int PARTITION = 4;

  private final AtomicLong nanos = new AtomicLong(-5);
  private final AtomicInteger started = new AtomicInteger();
  private final Leases leases = new Leases(SESSION, nanos::get);

  @BeforeEach
  void acquire() {
    leases.acquire(PARTITION, started::incrementAndGet);
  }

  @Test
  void nothingStartsBeforeKafkaConfirms() {
    assertThat(leases.heldEpoch(PARTITION)).isEmpty();
    assertThat(started).hasValue(0);

    leases.confirm(PARTITION);

    assertThat(leases.heldEpoch(PARTITION)).isPresent();
    assertThat(started).hasValue(1);
  }

  @Test
  void theActionRunsOnceHoweverOftenTheLeaseIsConfirmed() {
    leases.confirm(PARTITION);
    leases.confirm(PARTITION);

    assertThat(started).hasValue(1);
  }

  @Test
  void aConfirmedLeaseExpiresBeforeTheSession() {
    leases.confirm(PARTITION);

    pass(Duration.ofMillis(5999));
    assertThat(leases.heldEpoch(PARTITION)).isPresent();
    pass(Duration.ofMillis(1));
    assertThat(leases.heldEpoch(PARTITION)).isEmpty();
  }

  @Test
  void aRequestAloneDoesNotRenewTheLease() {
    leases.confirm(PARTITION);
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofSeconds(1));
      leases.requestRenewal(PARTITION);
    }

    assertThat(leases.heldEpoch(PARTITION)).isEmpty();
  }

  @Test
  void aLeaseCountsFromItsRequestAndNotFromItsConfirmation() {
    leases.confirm(PARTITION);
    leases.requestRenewal(PARTITION);
    pass(SESSION);

    leases.confirm(PARTITION);

    assertThat(leases.heldEpoch(PARTITION)).isEmpty();
  }

  @Test
  void anExpiredLeaseIsHeldAgainOnceItIsConfirmed() {
    leases.confirm(PARTITION);
    pass(SESSION);
    leases.requestRenewal(PARTITION);
    leases.confirm(PARTITION);

    assertThat(leases.heldEpoch(PARTITION)).isPresent();
  }

  @Test
  void aLateConfirmationDoesNotRestoreAReleasedLease() {
    leases.release(PARTITION);
    leases.requestRenewal(PARTITION);
    leases.confirm(PARTITION);

    assertThat(leases.heldEpoch(PARTITION)).isEmpty();
    assertThat(started).hasValue(0);
  }

  @Test
  void aLeaseThatWasLostMeanwhileHasAnotherEpoch() {
    leases.confirm(PARTITION);
    OptionalLong before = leases.heldEpoch(PARTITION);
    leases.release(PARTITION);
    acquire();
    leases.confirm(PARTITION);

    assertThat(leases.heldEpoch(PARTITION)).isPresent().isNotEqualTo(before);
  }

  @Test
  void aRenewalKeepsTheEpoch() {
    leases.confirm(PARTITION);
    OptionalLong before = leases.heldEpoch(PARTITION);
    leases.requestRenewal(PARTITION);
    leases.confirm(PARTITION);

    assertThat(leases.heldEpoch(PARTITION)).isEqualTo(before);
  }

  @Test
  void aCommitOfTheMainConsumerConfirmsTheLease() {
    try (LeaseInterceptor interceptor = new LeaseInterceptor()) {
      var settings = new StreamsConfig(streams()).getMainConsumerConfigs("group", "client", 0);
      assertThat(settings).containsEntry("interceptor.classes", LeaseInterceptor.class.getName());
      interceptor.configure(settings);

      var offsets = Map.of(new TopicPartition("drivers", PARTITION), new OffsetAndMetadata(7));
      interceptor.onCommit(offsets);
    }

    assertThat(leases.heldEpoch(PARTITION)).isPresent();
  }

  private Map<String, Object> streams() {
    Map<String, Object> settings = new HashMap<>(LeaseInterceptor.settings(leases));
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    return settings;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
