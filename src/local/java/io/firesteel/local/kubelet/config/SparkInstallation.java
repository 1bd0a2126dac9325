package io.firesteel.local.kubelet.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The local Spark, in place of the one in the official image.
 *
 * @param javaHome the JDK that runs it
 * @param home stands for {@code /opt/spark}: its {@code jars} and {@code examples} do
 * @param classPath every jar by name, in an order that never changes: class-data sharing insists on
 *     it
 * @param driverFlags extra options for a driver's JVM, such as its shared classes
 * @param executorFlags the same for an executor's JVM
 * @param recording whether the flags record shared classes; the class path must hold jars only then
 * @param python what runs Python jobs
 */
public record SparkInstallation(
    Path javaHome,
    Path home,
    String classPath,
    List<String> driverFlags,
    List<String> executorFlags,
    boolean recording,
    Python python) {

  public SparkInstallation {
    driverFlags = List.copyOf(driverFlags);
    executorFlags = List.copyOf(executorFlags);
  }

  /** An installation without Python. */
  public SparkInstallation(
      Path javaHome,
      Path home,
      String classPath,
      List<String> driverFlags,
      List<String> executorFlags,
      boolean recording) {
    this(
        javaHome,
        home,
        classPath,
        driverFlags,
        executorFlags,
        recording,
        new Python.Missing("the local Spark has no Python"));
  }

  /** Replaces what runs Python jobs. */
  public SparkInstallation with(Python python) {
    return new SparkInstallation(
        javaHome, home, classPath, driverFlags, executorFlags, recording, python);
  }
}
