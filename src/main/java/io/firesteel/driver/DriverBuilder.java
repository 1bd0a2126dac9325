package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.job.DesiredDriver;
import io.firesteel.spec.AppType;
import io.firesteel.spec.ParsedSpec;
import io.firesteel.spec.Problems;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkLine;
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
  public static DriverBuild build(DesiredDriver driver, Creation creation) {
    return switch (SparkApplicationSpec.parse(driver.spec())) {
      case ParsedSpec.Invalid(var problems) -> new DriverBuild.Refused(problems);
      case ParsedSpec.Valid(var spec) -> build(spec, driver, creation);
    };
  }

  /** The objects of an attempt whose spec was read already. */
  public static DriverBuild build(
      SparkApplicationSpec spec, DesiredDriver driver, Creation creation) {
    var problems = new Problems();
    var names = DriverNames.of(driver.attempt());
    var marks = Marks.of(driver, names, creation.shard());
    SortedMap<String, String> conf = SpecConf.of(spec, driver, names, marks, problems);
    DriverDraft draft =
        SparkDriver.build(submission(spec, driver, creation, conf, problems), problems);
    DriverEdits.apply(spec, driver, names, draft);
    Metrics.objects(spec, names.metricsMap(), draft);
    WebAccess.objects(spec, driver, names, draft);
    BatchScheduling.objects(spec, names, draft);
    Disruption.objects(spec, names, draft);
    finish(draft, driver, marks);
    ObjectChecks.run(draft);
    return problems.none()
        ? new DriverBuild.Built(
            new DriverObjects(draft.pod(), draft.before(), draft.owned(), names.applicationId()))
        : new DriverBuild.Refused(problems.found());
  }

  private static Submission submission(
      SparkApplicationSpec spec,
      DesiredDriver driver,
      Creation creation,
      SortedMap<String, String> given,
      Problems problems) {
    var names = DriverNames.of(driver.attempt());
    var app =
        new Application(
            spec.mainApplicationFile(),
            spec.mainClass() == null ? "" : spec.mainClass(),
            spec.arguments(),
            spec.proxyUser());
    Pod executors = ExecutorTemplate.of(spec, driver.placement(), names, given);
    ObjectChecks.executorTemplate(executors, problems);
    SparkConf conf = SubmitConf.of(given, app, problems);
    ExecutorSize.of(conf, spec.line(), spec.type() == AppType.PYTHON).check(conf, problems);
    ObjectChecks.executorMetadata(conf, problems);
    return new Submission(
        spec.line(),
        spec.sparkVersion(),
        conf,
        app,
        new Submission.Names(names.prefix(), names.applicationId(), creation.configMap(), USER),
        Templates.pod(spec.driver().pod().template()),
        ExecutorTemplate.text(executors),
        withService(spec, conf));
  }

  /** Since 4.1 executors can go by the driver's pod IP; then nobody needs the Service. */
  private static boolean withService(SparkApplicationSpec spec, SparkConf conf) {
    return !spec.line().atLeast(SparkLine.V4_1)
        || !conf.flag("spark.kubernetes.executor.useDriverPodIP", false);
  }

  /** Namespace and marks on everything. */
  private static void finish(DriverDraft draft, DesiredDriver driver, Marks marks) {
    Stream.of(List.of(draft.pod()), draft.before(), draft.owned())
        .<HasMetadata>flatMap(List::stream)
        .forEach(object -> {
          object.getMetadata().setNamespace(driver.placement().namespace());
          marks.putOn(object.getMetadata());
        });
  }
}
