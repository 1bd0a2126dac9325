package io.firesteel.schedule.core;

import io.firesteel.event.Outcome;
import io.firesteel.schedule.core.ScheduleState.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a schedule remembers of its jobs that ended. */
final class RunHistory {

  private RunHistory() {}

  /** The state after a job ended; null if it is not an active job of the schedule. */
  static @Nullable ScheduleState after(
      ScheduleState state, String jobId, Outcome outcome, Instant at) {
    Run run =
        state.active().stream().filter(one -> one.jobId().equals(jobId)).findFirst().orElse(null);
    if (run == null) {
      return null;
    }
    Run ended = run.end(outcome, at);
    return state.with(it ->
        it.active(state.active().stream().filter(one -> !one.equals(run)).toList())
            .ended(kept(ended, state))
            .lastSuccess(isLatestSuccess(ended, state) ? ended : state.lastSuccess())
            .lastFailure(isFailure(ended) ? ended : state.lastFailure()));
  }

  private static boolean isLatestSuccess(Run run, ScheduleState state) {
    Run last = state.lastSuccess();
    return run.outcome() == Outcome.SUCCEEDED
        && !run.requested()
        && (last == null || run.scheduledAt().isAfter(last.scheduledAt()));
  }

  private static boolean isFailure(Run run) {
    return run.outcome() != Outcome.SUCCEEDED && run.outcome() != Outcome.CANCELLED;
  }

  private static List<Run> kept(Run latest, ScheduleState state) {
    List<Run> all = new ArrayList<>(List.of(latest));
    all.addAll(state.ended());
    List<Run> kept = new ArrayList<>();
    int[] room = {state.settings().failedRuns(), state.settings().successfulRuns()};
    for (Run run : all) {
      int kind = run.outcome() == Outcome.SUCCEEDED ? 1 : 0;
      if (room[kind]-- > 0) {
        kept.add(run);
      }
    }
    return kept;
  }
}
