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
import io.firesteel.driver.submit.Submission;
import io.firesteel.driver.submit.SubmitArguments;
import io.firesteel.driver.submit.SubmitConf;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkApplicationType;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecErrors;
import io.firesteel.spec.validation.SpecReader;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Builds the objects of a desired driver. Pure: the same driver and creation give the same objects,
 * byte for byte. Never throws for a bad spec; whatever a cluster would refuse and that can be told
 * from here is refused with its reasons before anything is created.
 */
public final class DriverBuilder {

  /** Who the driver says it is to file systems without a better answer. */
  private static final String USER = "spark";

  private DriverBuilder() {}

  /** The objects of an attempt. */
  public static DriverBuildResult build(DesiredDriver driver, Creation creation) {
    return switch (SpecReader.read(driver.spec())) {
      case ParsedSpec.Invalid(var errors) -> new DriverBuildResult.Unbuildable(errors);
      case ParsedSpec.Valid(var spec) -> build(spec, driver, creation);
    };
  }

  /** The objects of an attempt whose spec was read already. */
  public static DriverBuildResult build(
      SparkApplicationSpec spec, DesiredDriver driver, Creation creation) {
    var specErrors = new SpecErrors();
    var names = DriverNames.of(driver.attempt());
    var commonMetadata = CommonMetadata.of(driver, names, creation.partition());
    SortedMap<String, String> conf = SpecConf.of(spec, driver, names, commonMetadata, specErrors);
    Pod executors = ExecutorPodTemplate.of(spec, driver.placement(), names, conf);
    DriverDraft draft =
        SparkDriverBuilder.build(
            submission(spec, driver, creation, conf, executors, specErrors), specErrors);
    DriverPodMutations.apply(spec, driver, names, draft);
    MonitoringConfig.objects(spec, names.metricsMap(), draft);
    DriverIngresses.objects(spec, driver, names, draft);
    BatchScheduling.objects(spec, names, draft);
    DriverDisruptionBudget.objects(spec, names, draft);
    addMetadata(draft, driver, commonMetadata);
    ObjectValidator.validate(draft);
    return specErrors.isEmpty()
        ? new DriverBuildResult.Built(
            new DriverObjects(
                draft.pod(), draft.prerequisites(), draft.owned(), names.applicationId()),
            draft.properties(),
            executors)
        : new DriverBuildResult.Unbuildable(specErrors.all());
  }

  private static Submission submission(
      SparkApplicationSpec spec,
      DesiredDriver driver,
      Creation creation,
      SortedMap<String, String> given,
      Pod executors,
      SpecErrors specErrors) {
    var names = DriverNames.of(driver.attempt());
    var app =
        new SubmitArguments(
            spec.mainApplicationFile(),
            spec.mainClass() == null ? "" : spec.mainClass(),
            spec.arguments(),
            spec.proxyUser());
    ObjectValidator.executorTemplate(executors, specErrors);
    SparkConf conf = SubmitConf.of(given, app, specErrors);
    ExecutorResources.of(conf, spec.line(), spec.type() == SparkApplicationType.PYTHON)
        .check(conf, specErrors);
    ObjectValidator.executorMetadata(conf, specErrors);
    return new Submission(
        spec.line(),
        spec.sparkVersion(),
        conf,
        app,
        new Submission.Names(names.prefix(), names.applicationId(), creation.configMap(), USER),
        PodTemplates.pod(spec.driver().pod().template()),
        ExecutorPodTemplate.text(executors),
        withService(spec, conf));
  }

  /** Since 4.1 executors can go by the driver's pod IP; then nobody needs the Service. */
  private static boolean withService(SparkApplicationSpec spec, SparkConf conf) {
    return !spec.line().atLeast(SparkLine.V4_1)
        || !conf.bool("spark.kubernetes.executor.useDriverPodIP", false);
  }

  /** Namespace and marks on everything. */
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
