package io.firesteel.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that was understood and allowed: everything admission and the cluster side need,
 * nothing left to look up.
 *
 * @param cohort the tenants it shares limits with; keys the inbox
 * @param origin the event that asked for it
 * @param placement where its driver runs
 * @param priority higher goes first within the tenant
 * @param notBefore the earliest start, if it was asked for
 * @param dependsOn jobs of the same tenant that it waits for
 * @param labels the requester's own, carried to pods and events
 * @param spec the SparkApplication v1beta2 spec, templates filled in; secrets only as references
 * @param version the writing of an object that asked for it, if one did
 * @param warnings what of the request changes nothing
 */
public record Job(
    JobKey key,
    String cohort,
    Origin origin,
    Placement placement,
    int priority,
    @Nullable Instant notBefore,
    Deadlines deadlines,
    List<Dependency> dependsOn,
    RetryPolicy retry,
    Map<String, String> labels,
    JsonNode spec,
    @Nullable ObjectVersion version,
    List<Warning> warnings) {

  public Job {
    dependsOn = List.copyOf(dependsOn);
    labels = Map.copyOf(labels);
    // A worker of an earlier release writes none.
    warnings = List.copyOf(Objects.requireNonNullElse(warnings, List.of()));
  }
}
