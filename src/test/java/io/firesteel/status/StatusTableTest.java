package io.firesteel.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobPhase;
import io.firesteel.event.WaitingReason;
import io.firesteel.job.JobKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** The tables over the status topics. */
final class StatusTableTest {

  private final JobIndex index = new JobIndex();

  @Test
  void aStatusThatCannotBeReadCountsAsMissing() {
    byte[] stored = pipe("blue/1", "{".getBytes(UTF_8));

    assertThat(StatusTable.readJob("blue/1", StoredStatus.json(stored))).isEmpty();
    assertThat(index.jobs("blue").count(JobFilter.ALL)).isZero();
  }

  @Test
  void aStatusOfAnEarlierReleaseIsReadWithoutWhatItLacks() throws IOException {
    byte[] old;
    try (InputStream file =
        Objects.requireNonNull(StatusTableTest.class.getResourceAsStream("status-0.1.0.json"))) {
      old = file.readAllBytes();
    }
    byte[] stored = pipe("acme/daily-totals", old);

    var status = StatusTable.readJob("acme/daily-totals", StoredStatus.json(stored)).orElseThrow();
    assertThat(status.phase()).isEqualTo(JobPhase.WAITING);
    assertThat(status.labels()).isEmpty();
    assertThat(status.attempts()).isEmpty();
    assertThat(status.submitter()).isNull();
    assertThat(index.jobs("acme").list(JobFilter.ALL, JobOrder.UPDATED_FIRST, null, 10))
        .singleElement()
        .satisfies(job -> {
          assertThat(job.waiting()).isEqualTo(WaitingReason.TENANT_LIMIT);
          assertThat(job.queued()).isTrue();
        });
  }

  @Test
  void aForgottenJobIsGoneFromTheIndex() {
    index.apply(new JobKey("acme", "x"), null, 0, 1);

    assertThat(index.position()).hasToString("0:1");
  }

  private byte[] pipe(String key, byte[] value) {
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            StatusTopology.build("status", "tenant-status", index), new Properties())) {
      driver
          .createInputTopic("status", new StringSerializer(), new ByteArraySerializer())
          .pipeInput(key, value);
      return driver.<String, byte[]>getKeyValueStore(StatusTopology.JOBS).get(key);
    }
  }
}
