package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The dependencies of an application besides its main file. */
@RegisterForReflection
public record SparkDependencies(
    List<String> jars,
    List<String> files,
    List<String> pyFiles,
    List<String> packages,
    List<String> excludePackages,
    List<String> repositories,
    List<String> archives) {

  /** No dependencies. */
  public static final SparkDependencies NONE =
      new SparkDependencies(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public SparkDependencies {
    jars = List.copyOf(jars);
    files = List.copyOf(files);
    pyFiles = List.copyOf(pyFiles);
    packages = List.copyOf(packages);
    excludePackages = List.copyOf(excludePackages);
    repositories = List.copyOf(repositories);
    archives = List.copyOf(archives);
  }
}
