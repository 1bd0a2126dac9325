package io.firesteel.rest;

import io.firesteel.event.JobPhase;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobFilter;
import io.firesteel.status.JobOrder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of a list of jobs. */
public final class ListQuery {

  private static final int MAX_LIMIT = 500;

  @QueryParam("phase")
  @Parameter(description = "Jobs in any of these phases.")
  @Nullable List<String> phase;

  @QueryParam("label")
  @Parameter(description = "Jobs with this label: name=value, or name for any value. Repeatable.")
  @Nullable List<String> label;

  @QueryParam("template")
  @Parameter(description = "Jobs made from this template.")
  @Nullable String template;

  @QueryParam("q")
  @Parameter(description = "A part of the id, the template, the submitter or a label's value.")
  @Nullable String q;

  @QueryParam("submitter")
  @Parameter(description = "Jobs that this principal submitted; @me stands for the caller.")
  @Nullable String submitter;

  @QueryParam("since")
  @Parameter(description = "Jobs requested at or after this RFC 3339 time.")
  @Nullable String since;

  @QueryParam("until")
  @Parameter(description = "Jobs requested before this RFC 3339 time.")
  @Nullable String until;

  @QueryParam("sort")
  @DefaultValue("-updatedAt")
  @Parameter(
      description =
          "-updatedAt, updatedAt, -submittedAt or submittedAt. A page by submission stays as it is"
              + " while jobs change.")
  String sort = "-updatedAt";

  @QueryParam("limit")
  @DefaultValue("100")
  @Parameter(description = "Lines of a page, 1 to 500.")
  int limit = 100;

  @QueryParam("cursor")
  @Parameter(description = "nextCursor of the page before, with the same filter and order.")
  @Nullable String cursor;

  @QueryParam("count")
  @DefaultValue("false")
  @Parameter(description = "Whether to count all jobs that match.")
  boolean count;

  JobFilter filter(String caller) {
    return new JobFilter(
        Set.of(),
        phases(phase),
        labels(label),
        template,
        q,
        "@me".equals(submitter) ? caller : submitter,
        time("since", since),
        time("until", until));
  }

  JobOrder order() {
    JobOrder order = JobOrder.BY_NAME.get(sort);
    if (order == null) {
      throw invalid("sort must be -updatedAt, updatedAt, -submittedAt or submittedAt");
    }
    return order;
  }

  int limit() {
    return Math.clamp(limit, 1, MAX_LIMIT);
  }

  private static Set<JobPhase> phases(@Nullable List<String> names) {
    Set<JobPhase> phases = EnumSet.noneOf(JobPhase.class);
    for (String name : names == null ? List.<String>of() : names) {
      for (String one : name.split(",", -1)) {
        try {
          phases.add(JobPhase.valueOf(one.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
          throw invalid("phase must be one of " + EnumSet.allOf(JobPhase.class));
        }
      }
    }
    return phases;
  }

  private static Map<String, String> labels(@Nullable List<String> given) {
    Map<String, String> labels = new HashMap<>();
    for (String label : given == null ? List.<String>of() : given) {
      int equals = label.indexOf('=');
      labels.put(
          equals < 0 ? label : label.substring(0, equals),
          equals < 0 ? "" : label.substring(equals + 1));
    }
    return labels;
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw invalid(name + " must be an RFC 3339 time such as 2026-01-31T18:00:00Z");
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.QUERY_INVALID, detail);
  }
}
