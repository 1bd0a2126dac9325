package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What an application needs besides its main file. */
@RegisterForReflection
public record SparkDependencies(
    List<String> jars,
    List<String> files,
    List<String> pyFiles,
    List<String> packages,
    List<String> excludePackages,
    List<String> repositories,
    List<String> archives) {

  /** Nothing more is needed. */
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
