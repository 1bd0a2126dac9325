package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.job.Placement;
import io.firesteel.json.Problem;
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
public record Room(Tenant tenant) {

  /**
   * What was built for a spec.
   *
   * @param properties all that the driver reads
   * @param objects the driver and everything that is created with it
   * @param executorTemplate the pod that Spark makes executors from
   */
  public record Built(
      Map<String, String> properties,
      JsonNode driver,
      List<JsonNode> objects,
      JsonNode executorTemplate) {

    public Built {
      properties = Map.copyOf(properties);
      objects = List.copyOf(objects);
    }
  }

  /** The spec with the tenant's properties in it; what is no object stays as it is. */
  public JsonNode furnish(JsonNode spec) {
    Policy policy = tenant.policy();
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
        .filter(accounts()::allow)
        .map(account -> new Placement(tenant.namespace(), account, tenant.cluster()))
        .orElse(tenant.placement());
  }

  /** What is not allowed in a spec and in what was built from it. */
  public List<Problem> objections(JsonNode spec, Built built) {
    var problems = new ArrayList<Problem>();
    String account = placement(spec).serviceAccount();
    var own = new ObjectRules(tenant.namespace(), new Globs(List.of(account)), tenant.policy());
    problems.addAll(own.check(spec, ""));
    options(spec, problems);
    if (problems.isEmpty()) {
      built.objects().forEach(object -> problems.addAll(own.check(object, "")));
      problems.addAll(own.check(built.driver(), "/driver"));
      problems.addAll(own.check(built.executorTemplate(), "/executor"));
    }
    var conf = new Conf(tenant.namespace(), new Globs(List.of(account)), tenant.policy());
    problems.addAll(conf.asked(spec.path("sparkConf")));
    problems.addAll(conf.check(built.properties()));
    problems.addAll(
        tenant
            .policy()
            .perJob()
            .check(JobSize.of(built.properties(), built.driver(), built.executorTemplate())));
    return problems;
  }

  /**
   * Words in the place of a file that spark-submit would take for an option, or that the kubelet
   * would make one by putting a variable in ({@code $(NAME)}).
   */
  private static void options(JsonNode spec, List<Problem> problems) {
    for (String field : List.of("mainApplicationFile", "mainClass", "proxyUser")) {
      String word = spec.path(field).asText("").strip();
      if (word.startsWith("-")) {
        problems.add(new Problem("/" + field, "begins like an option of spark-submit"));
      } else if (word.startsWith("$")) {
        problems.add(new Problem("/" + field, "begins with a variable, which may hold an option"));
      }
    }
  }

  private Globs accounts() {
    var patterns = new ArrayList<>(tenant.policy().serviceAccounts().patterns());
    patterns.add(tenant.serviceAccount());
    return new Globs(patterns);
  }
}
