package io.firesteel.spec.validation;

import io.firesteel.spec.SparkApplicationSpec;
import java.util.List;

/** What came of reading a spec. */
public sealed interface ParsedSpec {

  /** A spec that can be built, as far as can be told without a cluster. */
  record Valid(SparkApplicationSpec spec) implements ParsedSpec {}

  /** Everything that is wrong with it. */
  record Invalid(List<SpecError> errors) implements ParsedSpec {

    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
