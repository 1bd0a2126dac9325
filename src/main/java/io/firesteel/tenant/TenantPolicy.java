package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** The spec with what the tenant's definition adds or replaces. */
  public PreparedSpec prepare(JsonNode spec) {
    return PreparedSpec.of(this, spec);
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

  /**
   * Violations in a prepared spec and in the driver that was built from it. The built objects are
   * checked if the spec has no errors, so that an error names the field of the request.
   */
  public List<ValidationError> violations(JsonNode spec, PolicyInput input) {
    String account = placement(spec).serviceAccount();
    var conf =
        new SparkConfPolicy(tenant.namespace(), new AllowList(List.of(account)), tenant.policy());
    var errors =
        new ArrayList<>(
            new ObjectPolicy(tenant, account, true).check("SparkApplicationSpec", spec, ""));
    checkOptions(spec, errors);
    errors.addAll(conf.checkRequested(properties(spec)));
    errors.addAll(conf.checkEnforced(input.properties()));
    errors.addAll(
        tenant
            .policy()
            .perJob()
            .check(JobSize.of(input.properties(), input.driver(), input.executorTemplate())));
    if (errors.isEmpty()) {
      errors.addAll(conf.checkBuilt(input.properties()));
      checkObjects(new ObjectPolicy(tenant, account, false), input, errors);
    }
    return errors;
  }

  private static void checkObjects(
      ObjectPolicy policy, PolicyInput input, List<ValidationError> errors) {
    for (JsonNode object : input.objects()) {
      String kind = object.path("kind").asText("");
      errors.addAll(policy.check(kind, object, "/" + kind));
    }
    errors.addAll(policy.check("Pod", input.driver(), "/driver"));
    errors.addAll(policy.check("Pod", input.executorTemplate(), "/executor"));
  }

  private static Map<String, String> properties(JsonNode spec) {
    var properties = new TreeMap<String, String>();
    spec.path("sparkConf")
        .properties()
        .forEach(property -> properties.put(property.getKey(), property.getValue().asText("")));
    return properties;
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
    return tenant.policy().list(AllowSetting.SERVICE_ACCOUNTS).or(List.of(tenant.serviceAccount()));
  }
}
