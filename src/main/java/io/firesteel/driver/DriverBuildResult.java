package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.SortedMap;

/** The outcome of building a driver. */
public sealed interface DriverBuildResult {

  /**
   * The objects to create.
   *
   * @param properties the Spark properties of the driver
   * @param executorTemplate the pod from which Spark creates executors
   */
  record Built(DriverObjects objects, SortedMap<String, String> properties, Pod executorTemplate)
      implements DriverBuildResult {}

  /** The errors of the spec. */
  record Unbuildable(List<ValidationError> errors) implements DriverBuildResult {

    public Unbuildable {
      errors = List.copyOf(errors);
    }
  }
}
