package io.firesteel.driver;

import io.firesteel.json.ValidationError;
import java.util.List;

/** The outcome of building a driver. */
public sealed interface DriverBuildResult {

  /** The objects to create. */
  record Built(DriverObjects objects) implements DriverBuildResult {}

  /** The errors of the spec. */
  record Unbuildable(List<ValidationError> errors) implements DriverBuildResult {

    public Unbuildable {
      errors = List.copyOf(errors);
    }
  }
}
