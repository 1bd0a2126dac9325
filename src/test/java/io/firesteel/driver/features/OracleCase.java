package io.firesteel.driver.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.driver.TestJson;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import io.firesteel.driver.submit.SubmitArguments;
import io.firesteel.driver.submit.SubmitConf;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkLine;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One submission that both Spark and we build; the same input for both. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OracleCase(
    String name,
    String resource,
    @Nullable String mainClass,
    List<String> arguments,
    @Nullable String proxyUser,
    SortedMap<String, String> conf,
    @Nullable String driverTemplate,
    @Nullable String executorTemplate,
    String applicationId,
    String prefix) {

  /** The name of our ConfigMap; Spark makes one up. */
  static final String CONFIG_MAP = "spark-drv-0-conf-map";

  /**
   * The same with the properties of another fragment put over it, and its templates if it has any.
   */
  OracleCase with(String fragment, OracleCases.Fragment more) {
    var all = new TreeMap<>(conf);
    all.putAll(more.conf());
    all.values().removeIf(OracleCases.NOT_SET::equals);
    return new OracleCase(
        name + "+" + fragment,
        resource,
        mainClass,
        more.arguments().isEmpty() ? arguments : more.arguments(),
        more.proxyUser() == null ? proxyUser : more.proxyUser(),
        all,
        more.driverTemplate() == null ? driverTemplate : more.driverTemplate(),
        more.executorTemplate() == null ? executorTemplate : more.executorTemplate(),
        applicationId,
        prefix);
  }

  /** What we build from it. */
  DriverDraft build(SparkLine line, String version, ValidationErrors errors) {
    var app =
        new SubmitArguments(resource, mainClass == null ? "" : mainClass, arguments, proxyUser);
    var submission =
        new Submission(
            line,
            version,
            SubmitConf.of(conf, app, errors),
            app,
            new Submission.Names(prefix, applicationId, CONFIG_MAP, "spark"),
            driverTemplate == null ? null : TestJson.yaml(driverTemplate, Pod.class),
            executorTemplate,
            true);
    return SparkDriverBuilder.build(submission, errors);
  }
}
