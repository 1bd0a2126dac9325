package io.firesteel.driver;

import java.util.List;

/** What the driver's container runs. After {@code DriverCommandFeatureStep}. */
final class CommandStep {

  private CommandStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    Application app = submission.app();
    List<String> args = draft.container().getArgs();
    args.add("driver");
    if (app.proxyUser() instanceof String user) {
      args.addAll(List.of("--proxy-user", user));
    }
    args.addAll(List.of("--properties-file", ConfStep.PROPERTIES_PATH));
    args.addAll(List.of("--class", app.runner()));
    args.add(app.resource());
    args.addAll(app.arguments());
    draft.properties().put("spark.kubernetes.resource.type", app.kind().word());
    if (app.kind() == Application.Kind.PYTHON) {
      SparkConf conf = submission.conf();
      String python = conf.text("spark.pyspark.python");
      draft.env("PYSPARK_PYTHON", python);
      draft.env(
          "PYSPARK_DRIVER_PYTHON",
          conf.contains("spark.pyspark.driver.python")
              ? conf.text("spark.pyspark.driver.python")
              : python);
    }
    if (!app.resource().equals(Application.NO_RESOURCE)
        && SubmitConf.onSendersDisk(app.resource())) {
      draft
          .problems()
          .add(
              "/mainApplicationFile",
              "would have to be uploaded from the sender's disk",
              "use local:// for a file in the image, or s3a://, https:// and the like");
    }
  }
}
