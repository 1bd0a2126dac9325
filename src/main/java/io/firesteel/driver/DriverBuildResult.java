package io.firesteel.driver;

import io.firesteel.spec.validation.SpecError;
import java.util.List;

/** What came of building a driver. */
public sealed interface DriverBuildResult {

  /** The objects to create. */
  record Built(DriverObjects objects) implements DriverBuildResult {}

  /** Everything that is wrong; nothing was created. */
  record Unbuildable(List<SpecError> errors) implements DriverBuildResult {

    public Unbuildable {
      errors = List.copyOf(errors);
    }
  }
}
