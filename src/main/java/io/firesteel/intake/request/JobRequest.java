package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a job request, before names are resolved. Either {@code spec} or {@code template}
 * is set.
 *
 * @param name of a manifest; only a part of the job id that Firesteel generates
 * @param namespace of a manifest; ignored
 */
public record JobRequest(
    @Nullable String jobId,
    @Nullable String name,
    @Nullable String tenant,
    @Nullable String namespace,
    @Nullable Integer priority,
    @Nullable Instant notBefore,
    Deadlines deadlines,
    List<Dependency> dependsOn,
    Map<String, String> labels,
    @Nullable JsonNode correlation,
    @Nullable JsonNode spec,
    @Nullable String template,
    Map<String, JsonNode> parameters) {}
