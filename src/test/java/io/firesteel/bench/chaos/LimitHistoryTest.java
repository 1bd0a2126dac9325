package io.firesteel.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.bench.chaos.LimitHistory.Position;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.JsonCodec;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Cohort "blue", the tenant's own, is in partition 0, cohort "shared" in partition 1. */
final class LimitHistoryTest {

  private final LimitHistory history = new LimitHistory();
  private final long[] offsets = new long[2];

  @Test
  void aLimitHoldsFromItsRecordOn() {
    define(0, "blue", 100, 1, "blue", 9);
    decide(0, "a", 200);
    define(0, "blue", 300, 3, "blue", 9);
    decide(0, "b", 400);

    assertThat(history.ofTenant("blue", 250)).isEqualTo(1);
    assertThat(history.ofTenant("blue", 500)).isEqualTo(3);
  }

  @Test
  void ofALimitThatMayOrMayNotBeInForceTheHigherCounts() {
    define(0, "blue", 100, 3, "blue", 9);
    decide(0, "a", 200);
    define(0, "blue", 300, 1, "blue", 9);
    decide(0, "b", 400);

    assertThat(history.ofTenant("blue", 350)).isEqualTo(3);
    assertThat(history.ofTenant("blue", 500)).isEqualTo(1);
  }

  @Test
  void aCohortsLimitIsThatOfTheTenantsWhoseHomeItIs() {
    define(0, "blue", 100, 2, "shared", 5);
    decide(0, "a", 200);

    assertThat(history.ofTenant("blue", 300)).isEqualTo(2);
    assertThat(history.ofCohort("blue", 300)).isEqualTo(TenantLimits.UNLIMITED);

    move(400, 2, "shared", 5);
    decide(1, "b", 500);

    assertThat(history.moves()).isEqualTo(1);
  }

  @Test
  void aTenantThatMovedHasTheLimitsOfItsNewHome() {
    define(0, "blue", 100, 2, "shared", 5);
    decide(0, "a", 200);
    move(400, 2, "shared", 5);
    decide(1, "b", 500);
    define(1, "shared", 600, 1, "shared", 4);
    decide(1, "c", 700);

    assertThat(history.ofTenant("blue", 550)).isEqualTo(2);
    assertThat(history.ofCohort("shared", 550)).isEqualTo(5);
    assertThat(history.ofTenant("blue", 800)).isEqualTo(1);
    assertThat(history.ofCohort("shared", 800)).isEqualTo(4);
  }

  @Test
  void aRecordThatTheOldHomeForwardsChangesNothingThere() {
    define(0, "blue", 100, 2, "shared", 5);
    move(400, 2, "shared", 5);
    decide(1, "b", 500);
    define(0, "blue", 600, 7, "shared", 5);
    decide(0, "c", 700);
    define(1, "shared", 900, 7, "shared", 5);
    decide(1, "d", 1000);

    assertThat(history.ofTenant("blue", 750)).isEqualTo(2);
    assertThat(history.ofTenant("blue", 1100)).isEqualTo(7);
  }

  @Test
  void aRecordThatTheOldHomeMayHaveReadCountsIfItIsHigher() {
    define(0, "blue", 100, 2, "shared", 5);
    decide(0, "a", 200);
    define(0, "blue", 300, 7, "shared", 5);
    define(0, "blue", 300, 1, "shared", 5);
    move(400, 2, "shared", 5);
    decide(0, "b", 500);
    decide(1, "c", 600);

    assertThat(history.ofTenant("blue", 350)).isEqualTo(7);
    assertThat(history.ofTenant("blue", 700)).isEqualTo(2);
  }

  @Test
  void aSuspensionThatIntakeReadsAgainChangesNothing() {
    define(0, "blue", 100, 2, "blue", 5);
    suspend(200, 5, true);
    suspend(300, 6, false);
    decide(0, "a", 400);
    suspend(500, 5, true);
    decide(0, "b", 600);

    assertThat(history.ofTenant("blue", 700)).isEqualTo(2);
  }

  private void define(
      int partition, String key, long written, int limit, String cohort, int shared) {
    add(partition, key, written, new InboxMessage.TenantDefined(limits(limit, cohort, shared)));
  }

  private void move(long written, int limit, String cohort, int shared) {
    add(
        1,
        cohort,
        written,
        new InboxMessage.TenantMoved(limits(limit, cohort, shared), false, null, 0, 0));
  }

  private void suspend(long written, long offset, boolean suspended) {
    Instant received = Instant.ofEpochMilli(written);
    RecordPosition record = new RecordPosition("spark-job-requests", 0, offset);
    Origin origin = new Origin("/tests", "id", received, null, null, null, record);
    add(
        0,
        "blue",
        written,
        suspended
            ? new InboxMessage.TenantSuspended("blue", origin)
            : new InboxMessage.TenantResumed("blue", origin));
  }

  private static TenantLimits limits(int limit, String cohort, int shared) {
    return new TenantLimits("blue", cohort, limit, TenantLimits.UNLIMITED, 1, shared);
  }

  /** A job whose record is next in a partition, and is accepted at a time. */
  private void decide(int partition, String job, long time) {
    JsonNode submitted =
        JsonCodec.MAPPER
            .createObjectNode()
            .put("kind", "submitted")
            .set("job", JsonCodec.MAPPER.createObjectNode().put("key", "blue/" + job));
    history.add(new Position(partition, offsets[partition]++), "blue", time, submitted);
    history.accepted("blue/" + job, time);
  }

  private void add(int partition, String key, long written, InboxMessage message) {
    history.add(
        new Position(partition, offsets[partition]++), key, written, JsonCodec.toTree(message));
  }
}
