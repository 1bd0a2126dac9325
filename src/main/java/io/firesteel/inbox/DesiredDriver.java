package io.firesteel.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Attempt;
import io.firesteel.job.Placement;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a job's driver. Keyed by job on the drivers topic; a tombstone means that
 * nothing of the job should run.
 *
 * @param cohort the key of observations about it
 * @param podUid the observed pod of this attempt; once set, a missing pod is lost and never created
 *     again
 * @param stop whether to stop the driver; the cluster side reports {@code Gone} when it is gone
 */
@RecordBuilder
public record DesiredDriver(
    Attempt attempt,
    String cohort,
    Placement placement,
    @Nullable String podUid,
    boolean stop,
    Map<String, String> labels,
    @Nullable String traceparent,
    JsonNode spec)
    implements DesiredDriverBuilder.With {

  public DesiredDriver {
    labels = Map.copyOf(labels);
  }
}
