package io.firesteel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.JobStatusBuilder;
import io.firesteel.event.Links;
import io.firesteel.event.Timeline;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.JobKey;
import io.firesteel.status.JobIndex.Backlog;
import io.firesteel.status.JobOrder.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Jobs in memory: pages, queues and what a stream has missed. */
@SuppressWarnings("NullAway") // The generated withers do not say which values may be null.
final class JobIndexTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final JobIndex index = new JobIndex();

  @Property(tries = 200)
  void pagesShowEveryJobOnce(
      @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> seconds,
      @ForAll @IntRange(min = 1, max = 7) int limit,
      @ForAll JobOrder order) {
    JobIndex jobs = new JobIndex();
    for (int i = 0; i < seconds.size(); i++) {
      put(jobs, waiting("job-" + i, 0, i).withUpdatedAt(START.plusSeconds(seconds.get(i))), i);
    }
    List<JobSummary> shown = new ArrayList<>();
    Place after = null;
    List<JobSummary> page;
    do {
      page = jobs.jobs("acme").list(JobFilter.ALL, order, after, limit);
      shown.addAll(page);
      after = page.isEmpty() ? null : order.place(page.getLast());
    } while (!page.isEmpty());

    assertThat(shown).extracting(JobSummary::jobId).doesNotHaveDuplicates().hasSameSizeAs(seconds);
    List<Place> places = shown.stream().map(order::place).toList();
    assertThat(places)
        .isSortedAccordingTo((a, b) -> order.descending() ? b.compareTo(a) : a.compareTo(b));
  }

  @Test
  void thePositionFollowsPriorityAndArrival() {
    put(index, waiting("a", 0, 1), 1);
    put(index, waiting("b", 0, 2), 2);
    put(index, waiting("c", 0, 3), 3);
    assertThat(positions("a", "b", "c")).containsExactly(1L, 2L, 3L);

    put(index, waiting("c", 9, 3), 4);
    assertThat(positions("a", "b", "c")).containsExactly(2L, 3L, 1L);

    put(index, waiting("c", 9, 3).withPhase(JobPhase.RUNNING).withWaiting(null), 5);
    assertThat(positions("a", "b", "c")).containsExactly(1L, 2L, null);
    assertThat(index.jobs("acme").active()).extracting(JobSummary::jobId).containsExactly("c");
  }

  @Test
  void aFilterHoldsAllOfItsConditions() {
    put(index, waiting("etl-1", 0, 1).withLabels(Map.of("team", "a")), 1);
    put(index, waiting("etl-2", 0, 2).withLabels(Map.of("team", "b")), 2);
    put(index, waiting("ml-1", 0, 3).withLabels(Map.of("team", "a")).withTemplate("train"), 3);

    assertThat(count(filter(Set.of(), Map.of("team", "a"), null, null))).isEqualTo(2);
    assertThat(count(filter(Set.of(), Map.of("team", ""), null, "ETL"))).isEqualTo(2);
    assertThat(count(filter(Set.of(), Map.of("team", "a"), "train", null))).isEqualTo(1);
    assertThat(count(filter(Set.of(JobPhase.RUNNING), Map.of(), null, null))).isZero();
  }

  @Test
  void aReaderWhoComesBackHearsOfWhatChangedSince() {
    put(index, waiting("a", 0, 1), 0);
    put(index, waiting("b", 0, 2), 1);
    index.started();
    StreamPosition left = index.position();
    put(index, waiting("b", 1, 2), 2);
    put(index, waiting("c", 0, 3), 3);
    index.apply(new JobKey("acme", "a"), null, 0, 4);

    Backlog backlog = index.subscribe("acme"::equals, left, _ -> {});

    assertThat(backlog.complete()).isTrue();
    assertThat(backlog.changes())
        .extracting(change -> change.key().id() + (change.job() == null ? " gone" : ""))
        .containsExactly("b", "c", "a gone");
    assertThat(backlog.position()).hasToString("0:4");
  }

  @Test
  void aReaderFromBeforeThisReplicaStartedGetsEverythingAnew() {
    put(index, waiting("a", 0, 1), 7);
    index.started();

    Backlog backlog = index.subscribe(_ -> true, new StreamPosition(Map.of(0, 3L)), _ -> {});

    assertThat(backlog.complete()).isFalse();
    assertThat(backlog.changes()).extracting(change -> change.key().id()).containsExactly("a");
  }

  @Test
  void aReaderAheadOfThisReplicaMissesNothing() {
    put(index, waiting("a", 0, 1), 7);
    index.started();
    List<JobChange> heard = new ArrayList<>();

    Backlog backlog = index.subscribe(_ -> true, new StreamPosition(Map.of(0, 9L)), heard::add);
    put(index, waiting("a", 1, 1), 8);

    assertThat(backlog.complete()).isTrue();
    assertThat(backlog.changes()).isEmpty();
    assertThat(heard).hasSize(1);
  }

  private List<Long> positions(String... ids) {
    List<Long> positions = new ArrayList<>();
    for (String id : ids) {
      positions.add(index.jobs("acme").position(id));
    }
    return positions;
  }

  private long count(JobFilter filter) {
    return index.jobs("acme").count(filter);
  }

  private static JobFilter filter(
      Set<JobPhase> phases, Map<String, String> labels, String template, String q) {
    return new JobFilter(Set.of(), phases, labels, template, q, null, null, null);
  }

  private static void put(JobIndex index, JobStatus status, long offset) {
    index.apply(new JobKey(status.tenant(), status.jobId()), status, 0, offset);
  }

  private static JobStatus waiting(String id, int priority, long arrival) {
    return JobStatusBuilder.builder()
        .tenant("acme")
        .jobId(id)
        .generation(1)
        .cohort("acme")
        .phase(JobPhase.WAITING)
        .waiting(new WaitingStatus(WaitingReason.TENANT_LIMIT, 1L, null, List.of()))
        .priority(priority)
        .timeline(Timeline.received(START))
        .links(Links.NONE)
        .sequence(2)
        .updatedAt(START)
        .arrival(arrival)
        .labels(Map.of())
        .dependsOn(List.of())
        .attempts(List.of())
        .build();
  }
}
