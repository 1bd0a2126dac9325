package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.spec.validation.SpecError;
import java.util.List;
import java.util.SortedMap;

/** What came of building a driver. */
public sealed interface DriverBuildResult {

  /**
   * The objects to create.
   *
   * @param properties the Spark properties of the driver
   * @param executorTemplate the pod from which Spark creates executors
   */
  record Built(DriverObjects objects, SortedMap<String, String> properties, Pod executorTemplate)
      implements DriverBuildResult {}

  /** Everything that is wrong; nothing was created. */
  record Unbuildable(List<SpecError> errors) implements DriverBuildResult {

    public Unbuildable {
      errors = List.copyOf(errors);
    }
  }
}
