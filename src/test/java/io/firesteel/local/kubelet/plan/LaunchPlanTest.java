package io.firesteel.local.kubelet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.firesteel.local.kubelet.config.Python;
import io.firesteel.local.kubelet.config.SparkInstallation;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchPlanTest {

  private static final SparkInstallation SPARK =
      new SparkInstallation(
          Path.of("/jdk"),
          Path.of("/spark"),
          "/spark/jars/a.jar",
          List.of("-XX:SharedArchiveFile=/d"),
          List.of("-XX:SharedArchiveFile=/e"),
          false);

  private final LaunchPlan plan =
      new LaunchPlan(
          SamplePods.facts(),
          Map.of("/opt/spark/conf", Path.of("/pod/conf"), "/secrets", Path.of("/pod/secrets")),
          Path.of("/pod/main"),
          SPARK,
          URI.create("http://127.0.0.1:1"));

  @Test
  void startsADriverLikeTheEntryPointOfTheImageWithItsAddress() {
    var properties =
        Map.of(
            "spark.driver.memory", "512m",
            "spark.driver.extraJavaOptions", "-Da=\"b c\" -Dkeys=/secrets/key");

    var command =
        command(driver("local:///opt/spark/examples/x.jar", "/secrets/in"), env(), properties);

    assertThat(command)
        .startsWith("/jdk/bin/java")
        .contains(
            "-Da=b c",
            "-Dkeys=/pod/secrets/key",
            "-Xmx512m",
            "-XX:SharedArchiveFile=/d",
            "-XX:+UseSerialGC");
    assertThat(command)
        .containsSubsequence(
            "-cp", "/spark/jars/a.jar:/pod/conf", "org.apache.spark.deploy.SparkSubmit")
        .containsSubsequence("--conf", "spark.driver.bindAddress=127.42.1.1")
        .containsSubsequence("--conf", "spark.driver.host=127.42.1.1")
        .containsSubsequence("--conf", "spark.kubernetes.driver.master=http://127.0.0.1:1")
        .endsWith(
            "--deploy-mode",
            "client",
            "--properties-file",
            "/pod/conf/spark.properties",
            "local:///spark/examples/x.jar",
            "/pod/secrets/in");
  }

  @Test
  void rewritesOnlyTheDriversOwnPathsInItsProperties() {
    var properties =
        Map.of(
            "spark.jars", "local:///opt/spark/jars/x.jar",
            "spark.kubernetes.executor.podTemplateFile", "/secrets/template.yml",
            "spark.kubernetes.executor.secrets.door", "/secrets",
            "spark.executorEnv.KEYS", "/secrets/key");

    assertThat(command(driver("x.jar"), env(), properties))
        .contains(
            "spark.jars=local:///spark/jars/x.jar",
            "spark.kubernetes.executor.podTemplateFile=/pod/secrets/template.yml")
        .noneMatch(word -> word.startsWith("spark.kubernetes.executor.secrets"))
        .noneMatch(word -> word.startsWith("spark.executorEnv.KEYS"));
  }

  @Test
  void keepsTheGarbageCollectorThatAJobChooses() {
    var command =
        command(driver("x.jar"), env(), Map.of("spark.driver.extraJavaOptions", "-XX:+UseG1GC"));

    assertThat(command).contains("-XX:+UseG1GC").doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void startsAnExecutorFromItsEnvironment() {
    var env =
        Map.of(
            "SPARK_JAVA_OPT_10", "-Dten=10",
            "SPARK_JAVA_OPT_2", "-Dtwo=2",
            "SPARK_JAVA_OPT_0", "--add-modules=jdk.incubator.vector",
            "SPARK_EXECUTOR_MEMORY", "512m",
            "SPARK_EXECUTOR_ID", "7",
            "SPARK_EXECUTOR_POD_IP", "127.42.1.1",
            "SPARK_DRIVER_URL", "spark://driver");

    var command = command(container("executor").build(), env, Map.of());

    assertThat(command)
        .containsSubsequence("-Dtwo=2", "-Dten=10", "-Xms512m", "-Xmx512m")
        .contains("-XX:SharedArchiveFile=/e")
        .doesNotContain("--add-modules=jdk.incubator.vector")
        .containsSubsequence(
            "--driver-url", "spark://driver", "--executor-id", "7", "--hostname", "127.42.1.1");
  }

  @Test
  void runsPlainCommandsWithTheirReferencesExpanded() {
    var container =
        new ContainerBuilder()
            .withName("c")
            .withImage("busybox")
            .withCommand("sh", "-c")
            .withArgs("cat $(WHERE)/x")
            .build();

    assertThat(plan.resolve(container, Map.of("WHERE", "/secrets"), _ -> Map.of()))
        .isInstanceOfSatisfying(
            LaunchResult.Start.class,
            process -> {
              assertThat(process.command()).hasSize(3).endsWith("-c", "cat /pod/secrets/x");
              assertThat(process.env())
                  .containsEntry("WHERE", "/pod/secrets")
                  .containsEntry("HOSTNAME", "spark-driver");
            });
  }

  @Test
  void reportsWhyAContainerCannotStart() {
    assertThat(reason(new ContainerBuilder().withName("c").withImage("busybox").build()))
        .contains("no command specified");
    assertThat(
            reason(
                new ContainerBuilder()
                    .withName("c")
                    .withImage("busybox")
                    .withCommand("nope")
                    .build()))
        .contains("exec: \"nope\": executable file not found in $PATH");
    assertThat(reason(driver("local:///opt/spark/main.py"))).contains("no Python");
  }

  @Test
  void runsAPythonDriverWithThePythonOfThisMachine() {
    var spark = SPARK.with(new Python.Interpreter("/usr/bin/python3", List.of("/py", "/py4j.zip")));
    var here =
        new LaunchPlan(
            plan.pod(), plan.mounts(), plan.folder(), spark, URI.create("http://127.0.0.1:1"));

    assertThat(
            here.resolve(
                driver("local:///opt/spark/main.py"),
                Map.of("PYTHONPATH", "/own", "PYSPARK_PYTHON", "/opt/py/bin/python"),
                _ -> Map.of()))
        .isInstanceOfSatisfying(
            LaunchResult.Start.class,
            start -> {
              assertThat(start.env())
                  .containsEntry("PYSPARK_PYTHON", "/usr/bin/python3")
                  .containsEntry("PYTHONPATH", "/py:/py4j.zip:/own");
              assertThat(start.command())
                  .containsSubsequence("--conf", "spark.pyspark.python=/usr/bin/python3");
            });
  }

  private String reason(Container container) {
    return switch (plan.resolve(container, env(), _ -> Map.of())) {
      case LaunchResult.Impossible(var message) -> message;
      case LaunchResult.Start process -> throw new AssertionError(process);
    };
  }

  private List<String> command(
      Container container, Map<String, String> env, Map<String, String> properties) {
    return switch (plan.resolve(container, env, _ -> properties)) {
      case LaunchResult.Start(var command, _) -> command;
      case LaunchResult.Impossible(var message) -> throw new AssertionError(message);
    };
  }

  private static Map<String, String> env() {
    return Map.of("SPARK_CONF_DIR", "/opt/spark/conf", "SPARK_DRIVER_BIND_ADDRESS", "127.42.1.1");
  }

  private static Container driver(String... words) {
    return container("driver", "--properties-file", "/opt/spark/conf/spark.properties")
        .addToArgs(words)
        .build();
  }

  private static ContainerBuilder container(String... args) {
    return new ContainerBuilder().withName("main").withImage("apache/spark:4.1.1").withArgs(args);
  }
}
