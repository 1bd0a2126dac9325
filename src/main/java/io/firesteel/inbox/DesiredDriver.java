package io.firesteel.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Attempt;
import io.firesteel.job.Placement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What admission wants of a job's driver. Keyed by job on the drivers topic; a tombstone means that
 * the job is over and nothing of it should run.
 *
 * @param cohort keys what the cluster side reports
 * @param podUid the pod that was seen for this attempt; once known, a missing pod is lost, never
 *     made again
 * @param stop the driver should go; the cluster side answers with {@code Gone} when it has
 */
public record DesiredDriver(
    Attempt attempt,
    String cohort,
    Placement placement,
    @Nullable String podUid,
    boolean stop,
    Map<String, String> labels,
    @Nullable String traceparent,
    JsonNode spec) {

  public DesiredDriver {
    labels = Map.copyOf(labels);
  }

  /** The same driver, seen as a pod. */
  public DesiredDriver withPodUid(String uid) {
    return new DesiredDriver(attempt, cohort, placement, uid, stop, labels, traceparent, spec);
  }

  /** The same driver, not wanted any more. */
  public DesiredDriver withStop() {
    return new DesiredDriver(attempt, cohort, placement, podUid, true, labels, traceparent, spec);
  }
}
