package io.firesteel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.template.JobTemplate;
import io.firesteel.template.Parameter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads the templates that a tenant may use. */
@Path("/v1/tenants/{tenant}/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "templates")
public final class TemplatesResource {

  private final CurrentDefinitions definitions;

  TemplatesResource(CurrentDefinitions definitions) {
    this.definitions = definitions;
  }

  /**
   * A template.
   *
   * @param priority of its jobs unless the request gives one; null for the tenant's
   */
  public record TemplateView(
      String name, @Nullable Integer priority, List<ParameterView> parameters) {

    static TemplateView of(JobTemplate template) {
      return new TemplateView(
          template.name(),
          template.priority(),
          template.parameters().values().stream().map(ParameterView::of).toList());
    }
  }

  /**
   * A parameter.
   *
   * @param expected what a value must be, to follow "must be"
   * @param defaultValue null if a value is required
   */
  public record ParameterView(
      String name,
      String type,
      boolean required,
      @Nullable JsonNode defaultValue,
      String expected) {

    static ParameterView of(Parameter parameter) {
      return new ParameterView(
          parameter.name(),
          parameter.type().name().toLowerCase(Locale.ROOT),
          parameter.required(),
          parameter.defaultValue(),
          parameter.rule().expected());
    }
  }

  /** The templates, by name. */
  public record TemplateList(List<TemplateView> items) {}

  @GET
  @Requires(Role.VIEWER)
  @Operation(operationId = "listTemplates", summary = "Lists the templates that the tenant may use")
  public TemplateList list(@PathParam("tenant") String tenant) {
    return new TemplateList(
        definitions.get().templates().values().stream()
            .filter(template -> template.allows(tenant))
            .sorted(Comparator.comparing(JobTemplate::name))
            .map(TemplateView::of)
            .toList());
  }

  @GET
  @Path("{name}")
  @Requires(Role.VIEWER)
  @Operation(operationId = "getTemplate", summary = "Shows a template and its parameters")
  public TemplateView get(@PathParam("tenant") String tenant, @PathParam("name") String name) {
    JobTemplate template = definitions.get().templates().get(name);
    if (template == null || !template.allows(tenant)) {
      throw new ProblemException(ProblemCode.TEMPLATE_UNKNOWN);
    }
    return TemplateView.of(template);
  }
}
