package io.firesteel.bench.chaos;

import io.firesteel.local.verify.DriverRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a tenant waited without need: it had a job without a driver and a free slot, and no
 * driver was created. For tenants whose jobs have one driver each. Pure.
 */
public final class AdmissionDelay {

  private AdmissionDelay() {}

  /** Something that changes how many jobs wait or how many drivers live. */
  private record Step(Instant at, int waiting, int live) {}

  /**
   * The longest pause of one tenant.
   *
   * @param published when each of its jobs was asked for
   * @param runs its drivers
   * @param limit how many of them may live at once
   */
  public static Duration longest(List<Instant> published, List<DriverRun> runs, int limit) {
    Duration longest = Duration.ZERO;
    Instant since = Instant.MAX;
    int waiting = 0;
    int live = 0;
    for (Step step : steps(published, runs)) {
      if (since.isBefore(step.at())) {
        Duration pause = Duration.between(since, step.at());
        longest = pause.compareTo(longest) > 0 ? pause : longest;
      }
      boolean created = step.live() > 0;
      waiting += step.waiting();
      live += step.live();
      boolean idle = waiting > 0 && live < limit;
      since = !idle ? Instant.MAX : created || since.equals(Instant.MAX) ? step.at() : since;
    }
    return longest;
  }

  private static List<Step> steps(List<Instant> published, List<DriverRun> runs) {
    List<Step> steps = new ArrayList<>();
    published.forEach(at -> steps.add(new Step(at, 1, 0)));
    for (DriverRun run : runs) {
      steps.add(new Step(run.created(), -1, 1));
      Instant ended = run.ended();
      if (ended != null) {
        steps.add(new Step(ended, 0, -1));
      }
    }
    steps.sort(Comparator.comparing(Step::at));
    return steps;
  }
}
