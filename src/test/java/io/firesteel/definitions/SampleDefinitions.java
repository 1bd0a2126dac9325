package io.firesteel.definitions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Definitions for tests of other features. */
public final class SampleDefinitions {

  private static final String TRIGGERED =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: sales}
      spec: {maxConcurrency: 1}
      ---
      apiVersion: firesteel.io/v1alpha1
      kind: JobTemplate
      metadata: {name: load}
      spec:
        parameters: [%s]
        application:
          type: Java
          sparkVersion: 4.1.1
          image: spark:4.1.1
          mainClass: com.example.Load
          mainApplicationFile: local:///load.jar
          arguments: [%s]
          driver: {cores: 1}
          executor: {cores: 1}
      ---
      apiVersion: firesteel.io/v1alpha1
      kind: BlobTrigger
      metadata: {name: all}
      spec: {%s}
      """;

  private SampleDefinitions() {}

  /**
   * Those of {@code schemas/examples} and a tenant {@code risk} that has nothing to do with them.
   */
  public static Definitions examples() {
    var files = new ArrayList<>(files());
    files.add(
        new DefinitionFile(
            "risk.yaml",
            """
            apiVersion: firesteel.io/v1alpha1
            kind: Tenant
            metadata: {name: risk}
            spec: {maxConcurrency: 1}
            """));
    return read(files);
  }

  /** Definitions of one text. */
  public static Definitions of(String yaml) {
    return read(List.of(new DefinitionFile("test.yaml", yaml)));
  }

  /**
   * A tenant {@code sales}, its template {@code load} and a trigger {@code all} of it; what is
   * inside the brackets of its parameters, of its arguments and of the trigger's spec.
   */
  public static Definitions triggered(String parameters, String arguments, String trigger) {
    return of(TRIGGERED.formatted(parameters, arguments, trigger));
  }

  private static Definitions read(List<DefinitionFile> files) {
    return DefinitionMerger.merge(files, DefinitionMerger.MergedDefinitions.NONE).definitions();
  }

  static List<DefinitionFile> files() {
    try {
      return new DefinitionDirectory(Path.of("schemas/examples")).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
