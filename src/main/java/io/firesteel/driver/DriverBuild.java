package io.firesteel.driver;

import io.firesteel.spec.Problem;
import java.util.List;

/** What came of building a driver. */
public sealed interface DriverBuild {

  /** The objects to create. */
  record Built(DriverObjects objects) implements DriverBuild {}

  /** Everything that is wrong; nothing was created. */
  record Refused(List<Problem> problems) implements DriverBuild {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
