package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.driver.features.ExecutorResources;
import io.firesteel.driver.features.SparkDriverBuilder;
import io.firesteel.driver.operator.BatchScheduling;
import io.firesteel.driver.operator.CommonMetadata;
import io.firesteel.driver.operator.DriverDisruptionBudget;
import io.firesteel.driver.operator.DriverIngresses;
import io.firesteel.driver.operator.DriverPodMutations;
import io.firesteel.driver.operator.ExecutorPodTemplate;
import io.firesteel.driver.operator.MonitoringConfig;
import io.firesteel.driver.operator.PodTemplates;
import io.firesteel.driver.operator.SpecConf;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import io.firesteel.driver.submit.SubmitArguments;
import io.firesteel.driver.submit.SubmitConf;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkApplicationType;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Builds the objects of a desired driver. Pure: the same driver and creation give the same objects,
 * byte for byte. Never throws for an invalid spec, and reports what a cluster would refuse, as far
 * as that can be known without the cluster.
 */
public final class DriverBuilder {

  /** The user name of the driver for file systems without authentication. */
  private static final String USER = "spark";

  /** Where the spec is in a request. */
  private static final String POINTER = "/spec";

  private DriverBuilder() {}

  /** The objects of an attempt. */
  public static DriverBuildResult build(DesiredDriver driver, Creation creation) {
    return switch (SpecReader.read(driver.spec(), POINTER)) {
      case ParsedSpec.Invalid(var errors) -> new DriverBuildResult.Unbuildable(errors);
      case ParsedSpec.Valid(var spec) -> build(spec, driver, creation);
    };
  }

  /** The objects of an attempt whose spec is already read. */
  public static DriverBuildResult build(
      SparkApplicationSpec spec, DesiredDriver driver, Creation creation) {
    var errors = new ValidationErrors(POINTER);
    var names = DriverNames.of(driver.attempt());
    var commonMetadata =
        CommonMetadata.of(driver, names, creation.installation(), creation.partition());
    SortedMap<String, String> conf = SpecConf.of(spec, driver, names, commonMetadata, errors);
    Pod executors = ExecutorPodTemplate.of(spec, driver.placement(), names, conf);
    DriverDraft draft =
        SparkDriverBuilder.build(
            submission(spec, driver, creation, conf, executors, errors), errors);
    DriverPodMutations.apply(spec, driver, names, draft);
    MonitoringConfig.objects(spec, names.metricsMap(), draft);
    DriverIngresses.objects(spec, driver, names, draft);
    BatchScheduling.objects(spec, names, draft);
    DriverDisruptionBudget.objects(spec, names, draft);
    addMetadata(draft, driver, commonMetadata);
    ObjectValidator.validate(draft);
    return errors.isEmpty()
        ? new DriverBuildResult.Built(
            new DriverObjects(
                draft.pod(), draft.prerequisites(), draft.owned(), names.applicationId()),
            draft.properties(),
            executors)
        : new DriverBuildResult.Unbuildable(errors.all());
  }

  private static Submission submission(
      SparkApplicationSpec spec,
      DesiredDriver driver,
      Creation creation,
      SortedMap<String, String> given,
      Pod executors,
      ValidationErrors errors) {
    var names = DriverNames.of(driver.attempt());
    var app =
        new SubmitArguments(
            spec.mainApplicationFile(),
            spec.mainClass() == null ? "" : spec.mainClass(),
            spec.arguments(),
            spec.proxyUser());
    ObjectValidator.executorTemplate(executors, errors);
    SparkConf conf = SubmitConf.of(given, app, errors);
    ExecutorResources.of(conf, spec.line(), spec.type() == SparkApplicationType.PYTHON)
        .check(conf, errors);
    ObjectValidator.executorMetadata(conf, errors);
    return new Submission(
        spec.line(),
        spec.sparkVersion(),
        conf,
        app,
        new Submission.Names(names.prefix(), names.applicationId(), creation.configMap(), USER),
        PodTemplates.pod(spec.driver().pod().template()),
        ExecutorPodTemplate.json(executors),
        withService(spec, conf));
  }

  /** Since 4.1 executors can use the IP of the driver's pod instead of the Service. */
  private static boolean withService(SparkApplicationSpec spec, SparkConf conf) {
    return !SparkFeature.DRIVER_POD_IP.isIn(spec.line())
        || !conf.bool("spark.kubernetes.executor.useDriverPodIP", false);
  }

  /** Sets the namespace and the common metadata of all objects. */
  private static void addMetadata(
      DriverDraft draft, DesiredDriver driver, CommonMetadata commonMetadata) {
    Stream.of(List.of(draft.pod()), draft.prerequisites(), draft.owned())
        .<HasMetadata>flatMap(List::stream)
        .forEach(object -> {
          object.getMetadata().setNamespace(driver.placement().namespace());
          commonMetadata.applyTo(object.getMetadata());
        });
  }
}
