package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.job.Placement;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a tenant's jobs may contain. Adds the tenant's default and enforced properties to a spec,
 * and validates the built objects, whichever field of the request they came from. It does not
 * restrict what a job's code does; the service account's rights do. Pure.
 */
public record TenantPolicy(Tenant tenant) {

  /**
   * The driver that was built from a spec.
   *
   * @param properties the Spark properties of the driver
   * @param objects everything else that is created with the driver
   * @param executorTemplate the pod from which Spark creates executors
   */
  public record PolicyInput(
      Map<String, String> properties,
      JsonNode driver,
      List<JsonNode> objects,
      JsonNode executorTemplate) {

    public PolicyInput {
      properties = Map.copyOf(properties);
      objects = List.copyOf(objects);
    }
  }

  /** The spec with the tenant's properties; a malformed spec is returned as it is. */
  public JsonNode applyProperties(JsonNode spec) {
    PolicySettings policy = tenant.policy();
    boolean noProperties = policy.defaultConf().isEmpty() && policy.enforcedConf().isEmpty();
    JsonNode requested = spec.path("sparkConf");
    if (noProperties || !spec.isObject() || !(requested.isObject() || requested.isMissingNode())) {
      return spec;
    }
    ObjectNode copy = spec.deepCopy();
    ObjectNode conf = copy.putObject("sparkConf");
    new TreeMap<>(policy.defaultConf()).forEach(conf::put);
    requested.properties().forEach(field -> conf.set(field.getKey(), field.getValue()));
    new TreeMap<>(policy.enforcedConf()).forEach(conf::put);
    return copy;
  }

  /** Where a job of this spec runs. The service account that it names applies if it is allowed. */
  public Placement placement(JsonNode spec) {
    JsonNode pod = spec.at("/driver/template/spec");
    return Stream.of(
            spec.at("/driver/serviceAccount"),
            pod.path("serviceAccountName"),
            pod.path("serviceAccount"))
        .map(JsonNode::asText)
        .filter(account -> !account.isEmpty())
        .findFirst()
        .filter(allowedServiceAccounts()::allows)
        .map(account -> new Placement(tenant.namespace(), account, tenant.cluster()))
        .orElse(tenant.placement());
  }

  /** Violations in a spec and in the driver that was built from it. */
  public List<ValidationError> violations(JsonNode spec, PolicyInput input) {
    var errors = new ArrayList<ValidationError>();
    String account = placement(spec).serviceAccount();
    var own =
        new ObjectPolicy(tenant.namespace(), new AllowList(List.of(account)), tenant.policy());
    errors.addAll(own.check(spec, ""));
    checkOptions(spec, errors);
    if (errors.isEmpty()) {
      input.objects().forEach(object -> errors.addAll(own.check(object, "")));
      errors.addAll(own.check(input.driver(), "/driver"));
      errors.addAll(own.check(input.executorTemplate(), "/executor"));
    }
    var conf =
        new SparkConfPolicy(tenant.namespace(), new AllowList(List.of(account)), tenant.policy());
    errors.addAll(conf.checkRequested(spec.path("sparkConf")));
    errors.addAll(conf.check(input.properties()));
    errors.addAll(
        tenant
            .policy()
            .perJob()
            .check(JobSize.of(input.properties(), input.driver(), input.executorTemplate())));
    return errors;
  }

  /**
   * Finds values that spark-submit would read as an option, or that the kubelet could turn into one
   * by expanding a variable ({@code $(NAME)}).
   */
  private static void checkOptions(JsonNode spec, List<ValidationError> errors) {
    for (String field : List.of("mainApplicationFile", "mainClass", "proxyUser")) {
      String value = spec.path(field).asText("").strip();
      if (value.startsWith("-")) {
        errors.add(
            new ValidationError(
                "/" + field, "begins with '-', which spark-submit reads as an option"));
      } else if (value.startsWith("$")) {
        errors.add(
            new ValidationError(
                "/" + field,
                "begins with '$'; a variable could expand to an option of spark-submit"));
      }
    }
  }

  private AllowList allowedServiceAccounts() {
    var patterns = new ArrayList<>(tenant.policy().serviceAccounts().patterns());
    patterns.add(tenant.serviceAccount());
    return new AllowList(patterns);
  }
}
