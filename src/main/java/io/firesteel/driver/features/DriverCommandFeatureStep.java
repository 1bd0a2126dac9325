package io.firesteel.driver.features;

import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import io.firesteel.driver.submit.SubmitArguments;
import io.firesteel.spec.validation.ClientFiles;
import java.util.List;

/** The arguments of the driver's container. After {@code DriverCommandFeatureStep}. */
final class DriverCommandFeatureStep {

  private DriverCommandFeatureStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    SubmitArguments app = submission.arguments();
    List<String> args = draft.container().getArgs();
    args.add("driver");
    if (app.proxyUser() instanceof String user) {
      args.addAll(List.of("--proxy-user", user));
    }
    args.addAll(List.of("--properties-file", DriverConfigMapStep.PROPERTIES_PATH));
    args.addAll(List.of("--class", app.driverClass()));
    args.add(app.resource());
    args.addAll(app.arguments());
    draft.properties().put("spark.kubernetes.resource.type", app.language().value());
    if (app.language() == SubmitArguments.Language.PYTHON) {
      python(submission, draft);
    }
    if (!app.resource().equals(SubmitArguments.NO_RESOURCE)
        && ClientFiles.isClientLocal(app.resource())) {
      draft.errors().add("/mainApplicationFile", ClientFiles.MESSAGE, ClientFiles.REMEDY);
    }
  }

  private static void python(Submission submission, DriverDraft draft) {
    SparkConf conf = submission.conf();
    if (SparkFeature.MAJOR_PYTHON_VERSION_VARIABLE.isIn(submission.line())) {
      String version = conf.string("spark.kubernetes.pyspark.pythonVersion", "3");
      draft.env("PYSPARK_MAJOR_PYTHON_VERSION", version);
      return;
    }
    String python = conf.string("spark.pyspark.python");
    draft.env("PYSPARK_PYTHON", python);
    draft.env(
        "PYSPARK_DRIVER_PYTHON",
        conf.contains("spark.pyspark.driver.python")
            ? conf.string("spark.pyspark.driver.python")
            : python);
  }
}
