package io.firesteel.bench;

import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Real spark-submit in cluster mode, a process for each job, two at a time. Started without its
 * launcher's extra JVM, which is in its favour.
 */
record SparkSubmitRunner(Path spark, String api, String namespace, Path log) {

  private static final int AT_ONCE = 2;

  /**
   * Jobs per second.
   *
   * @throws IllegalStateException when one fails; the message names the log
   */
  double jobsPerSecond(int jobs) throws IOException, InterruptedException {
    long began = System.nanoTime();
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      if (running.size() == AT_ONCE) {
        await(running.removeFirst());
      }
      running.add(start(i));
    }
    for (Process process : running) {
      await(process);
    }
    return jobs * 1e9 / (System.nanoTime() - began);
  }

  private void await(Process process) throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("spark-submit failed; see " + log);
    }
  }

  private Process start(int number) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+IgnoreUnrecognizedVMOptions"));
    for (String open : List.of("lang", "lang.invoke", "net", "nio", "util", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + open + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.addAll(
        List.of("-cp", spark.resolve("jars") + "/*", "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "k8s://" + api, "--deploy-mode", "cluster"));
    command.addAll(List.of("--name", "submit-" + number, "--class", "io.firesteel.examples.Pi"));
    conf(command, "spark.kubernetes.container.image", "spark:4.1.1");
    conf(command, "spark.kubernetes.namespace", namespace);
    conf(command, "spark.kubernetes.submission.waitAppCompletion", "false");
    conf(command, "spark.kubernetes.authenticate.driver.serviceAccountName", "spark");
    conf(
        command,
        "spark.kubernetes.driver.annotation." + SimulatedPods.ANNOTATION,
        "runMillis=1000");
    command.add("local:///opt/spark/examples/firesteel-examples.jar");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
    return builder.start();
  }

  private static void conf(List<String> command, String name, String value) {
    command.add("--conf");
    command.add(name + "=" + value);
  }
}
