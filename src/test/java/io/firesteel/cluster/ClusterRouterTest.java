package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.controller.ClusterController;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.tenant.Cluster;
import io.firesteel.tenant.Clusters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which clusters a partition opens, and what becomes of the drivers of clusters that change. */
final class ClusterRouterTest {

  private static final Duration CLOSE_AFTER = Duration.ofMinutes(10);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final Cluster EAST = new Cluster("east", null, null, Set.of(), false);
  private static final Cluster EAST_ABANDONED = new Cluster("east", null, null, Set.of(), true);
  private static final Cluster WEST = new Cluster("west", null, null, Set.of(), false);

  private final List<String> events = new ArrayList<>();
  private final List<Observation> reports = new ArrayList<>();
  private final Map<JobKey, DesiredDriver> table = new LinkedHashMap<>();
  private final Map<String, Instant> idle = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private Clusters clusters = Clusters.of(List.of(EAST, WEST));
  private boolean broken;
  private final ClusterRouter router =
      new ClusterRouter(
          () -> clusters,
          this::open,
          cluster -> events.add("release " + cluster.name()),
          this::report,
          new ClusterRouter.Timing(CLOSE_AFTER, SWEEP, WAIT),
          clock);

  @Test
  void opensOnlyTheClustersOfItsDriversAtOnce() {
    desire("a", "east", null);

    router.start();

    assertThat(events).containsExactly("open east", "a in east", "start east");
  }

  @Test
  void looksIntoEveryOtherClusterWithinTheSweepInterval() {
    router.start();
    refresh();
    assertThat(events).containsExactly("open default", "start default");

    pass(SWEEP);

    assertThat(events).contains("open east", "open west");
  }

  @Test
  void closesAClusterThatHasNothingToDoAndOpensItForTheNextDriver() {
    router.start();
    desire("a", "east", null);
    idle.put("east", now);
    pass(CLOSE_AFTER);
    assertThat(events).containsSubsequence("a in east", "close east", "release east");
    events.clear();

    desire("b", "east", null);

    assertThat(events).containsExactly("open east", "start east", "b in east");
  }

  @Test
  void reportsTheJobsOfAnAbandonedClusterEvenThoseThatHaveAPod() {
    router.start();
    desire("a", "east", null);
    desire("b", "east", "uid");
    desire("c", "west", "uid");

    define(EAST_ABANDONED, WEST);

    assertThat(events).containsSubsequence("b in east", "close east", "release east");
    assertThat(reports).extracting(report -> report.attempt().job().id()).containsExactly("a", "b");
    assertThat(reports)
        .allSatisfy(report -> {
          var failure = ((Observation.Abandoned) report).failure();
          assertThat(failure.reason()).isEqualTo("ClusterAbandoned");
          assertThat(failure.category()).isEqualTo(FailureCategory.INFRASTRUCTURE);
          assertThat(failure.retryable()).isFalse();
        });
  }

  @Test
  void reportsALaterDriverOfAnAbandonedClusterAtOnceAndNeverOpensIt() {
    clusters = Clusters.of(List.of(EAST_ABANDONED));
    router.start();
    refresh();

    desire("a", "east", null);
    pass(SWEEP);

    assertThat(reports).singleElement().isInstanceOf(Observation.Abandoned.class);
    assertThat(events).doesNotContain("open east");
  }

  @Test
  void looksForWhatRunsInAClusterThatIsBack() {
    clusters = Clusters.of(List.of(EAST_ABANDONED));
    router.start();
    refresh();
    events.clear();

    define(EAST);

    assertThat(events).containsExactly("open east", "start east");
  }

  @Test
  void waitsForTheDefinitionOfAClusterBeforeItRejectsADriver() {
    router.start();
    desire("a", "north", null);
    desire("b", "north", "uid");
    pass(WAIT.minusSeconds(1));
    assertThat(reports).isEmpty();

    pass(Duration.ofSeconds(1));

    assertThat(reports)
        .singleElement()
        .isInstanceOfSatisfying(
            Observation.Rejected.class,
            report -> assertThat(report.failure().reason()).isEqualTo("ClusterUnknown"));
    assertThat(reports.getFirst().attempt().job().id()).isEqualTo("a");
  }

  @Test
  void takesUpADriverWhoseClusterIsDefinedLater() {
    router.start();
    desire("a", "north", null);
    desire("b", "north", "uid");

    define(EAST, WEST, new Cluster("north", null, null, Set.of(), false));
    pass(WAIT);

    assertThat(events).contains("a in north", "b in north");
    assertThat(reports).isEmpty();
  }

  @Test
  void opensAClusterAgainWhoseDefinitionChangedWithItsDriversOnly() {
    router.start();
    desire("a", "east", null);
    desire("b", "west", null);
    events.clear();

    define(new Cluster("east", "/other", null, Set.of(), false), WEST);

    assertThat(events)
        .containsSubsequence("close east", "release east", "open east", "start east", "a in east")
        .doesNotContain("b in west");
  }

  @Test
  void keepsTheJobsOfARemovedClusterThatHaveAPod() {
    router.start();
    desire("a", "east", "uid");

    define(WEST);
    pass(WAIT);

    assertThat(events).contains("close east");
    assertThat(reports).isEmpty();
  }

  @Test
  void rejectsADriverInANamespaceThatIsNotWatched() {
    clusters = Clusters.of(List.of(new Cluster("east", null, null, Set.of("other"), false)));
    router.start();
    refresh();
    desire("a", "east", null);

    pass(WAIT);

    assertThat(reports)
        .singleElement()
        .isInstanceOfSatisfying(
            Observation.Rejected.class,
            report -> assertThat(report.failure().reason()).isEqualTo("NamespaceNotWatched"));
  }

  @Test
  void triesAgainToOpenAClusterWhoseKubeconfigCannotBeRead() {
    broken = true;
    router.start();
    desire("a", "east", null);
    assertThat(events).isEmpty();
    broken = false;

    pass(WAIT);

    assertThat(events).containsSubsequence("open east", "start east", "a in east");
  }

  @Test
  void tellsEveryOpenClusterThatAJobIsOver() {
    router.start();
    desire("a", "east", null);
    desire("b", "west", null);

    router.setDesired(job("a"), null);

    assertThat(events).contains("a over in east", "a over in west");
  }

  private void desire(String id, String cluster, @Nullable String podUid) {
    DesiredDriver sample = SamplePods.desired(new Attempt(job(id), 1, 1));
    Placement placement = new Placement(sample.placement().namespace(), "spark", cluster);
    DesiredDriver driver =
        new DesiredDriver(
            sample.attempt(), "acme", placement, podUid, false, Map.of(), null, sample.spec());
    table.put(job(id), driver);
    router.setDesired(job(id), driver);
  }

  private void define(Cluster... defined) {
    clusters = Clusters.of(List.of(defined));
    refresh();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    refresh();
  }

  private void refresh() {
    router.refresh(table::forEach);
  }

  private void report(Effect.Report report) {
    reports.add(report.observation());
  }

  private static JobKey job(String id) {
    return new JobKey("acme", id);
  }

  private ClusterController open(Cluster cluster) {
    if (broken) {
      throw new IllegalStateException("Cluster %s has no kubeconfig".formatted(cluster.name()));
    }
    events.add("open " + cluster.name());
    return new Recorded(cluster.name());
  }

  private final class Recorded implements ClusterController {
    private final String name;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
      events.add(job.id() + (driver == null ? " over in " : " in ") + name);
    }

    @Override
    public void start() {
      events.add("start " + name);
    }

    @Override
    public @Nullable Instant idleSince() {
      return idle.get(name);
    }

    @Override
    public void close() {
      events.add("close " + name);
    }
  }
}
