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
 * The room that a tenant's jobs may move in: applies its default and enforced properties to a spec
 * before it is built, and judges what was built. Judging looks at the finished objects, so that
 * there is no way in that was not thought of; what a job's own code does once it runs is bounded by
 * the service account's rights and not by this. Pure.
 */
public record TenantPolicy(Tenant tenant) {

  /**
   * What was built for a spec.
   *
   * @param properties all that the driver reads
   * @param objects the driver and everything that is created with it
   * @param executorTemplate the pod that Spark makes executors from
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

  /** The spec with the tenant's properties in it; what is no object stays as it is. */
  public JsonNode applyProperties(JsonNode spec) {
    PolicySettings policy = tenant.policy();
    boolean nothing = policy.defaultConf().isEmpty() && policy.enforcedConf().isEmpty();
    JsonNode given = spec.path("sparkConf");
    if (nothing || !spec.isObject() || !(given.isObject() || given.isMissingNode())) {
      return spec;
    }
    ObjectNode furnished = spec.deepCopy();
    ObjectNode conf = furnished.putObject("sparkConf");
    new TreeMap<>(policy.defaultConf()).forEach(conf::put);
    given.properties().forEach(field -> conf.set(field.getKey(), field.getValue()));
    new TreeMap<>(policy.enforcedConf()).forEach(conf::put);
    return furnished;
  }

  /** Where a job of this spec runs: with the account it names, if that is allowed. */
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

  /** What is not allowed in a spec and in what was built from it. */
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
   * Words in the place of a file that spark-submit would take for an option, or that the kubelet
   * would make one by putting a variable in ({@code $(NAME)}).
   */
  private static void checkOptions(JsonNode spec, List<ValidationError> errors) {
    for (String field : List.of("mainApplicationFile", "mainClass", "proxyUser")) {
      String word = spec.path(field).asText("").strip();
      if (word.startsWith("-")) {
        errors.add(new ValidationError("/" + field, "begins like an option of spark-submit"));
      } else if (word.startsWith("$")) {
        errors.add(
            new ValidationError("/" + field, "begins with a variable, which may hold an option"));
      }
    }
  }

  private AllowList allowedServiceAccounts() {
    var patterns = new ArrayList<>(tenant.policy().serviceAccounts().patterns());
    patterns.add(tenant.serviceAccount());
    return new AllowList(patterns);
  }
}
