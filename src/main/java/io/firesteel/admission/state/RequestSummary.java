package io.firesteel.admission.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Dependency;
import io.firesteel.job.Job;
import io.firesteel.job.Origin;
import io.firesteel.job.TemplateUse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people ask about a request long after it was accepted. It is a part of every status of the
 * job, so it has a bounded size.
 *
 * @param source CloudEvents source of the request
 * @param principal who sent it, as far as known
 * @param template its template; null if the request had a spec
 * @param parameters null if there is no template, or if they are too large
 */
public record RequestSummary(
    String source,
    @Nullable String principal,
    Map<String, String> labels,
    List<Dependency> dependsOn,
    @Nullable String template,
    @Nullable Map<String, JsonNode> parameters) {

  public RequestSummary {
    labels = Map.copyOf(Objects.requireNonNullElse(labels, Map.of()));
    dependsOn = List.copyOf(Objects.requireNonNullElse(dependsOn, List.of()));
    parameters = parameters == null ? null : Map.copyOf(parameters);
  }

  /** The summary of a request that was refused before it was read to the end. */
  public static RequestSummary of(Origin origin) {
    return new RequestSummary(origin.source(), origin.principal(), Map.of(), List.of(), null, null);
  }

  /** The summary of an accepted request. */
  public static RequestSummary of(Job job) {
    TemplateUse use = job.template();
    return new RequestSummary(
        job.origin().source(),
        job.origin().principal(),
        job.labels(),
        job.dependsOn(),
        use == null ? null : use.name(),
        use == null ? null : use.parameters());
  }
}
