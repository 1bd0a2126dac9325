package io.firesteel.spec.validation;

import io.firesteel.json.ValidationError;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.List;

/** The outcome of reading a spec. */
public sealed interface ParsedSpec {

  /** A spec without errors, as far as they can be found without a cluster. */
  record Valid(SparkApplicationSpec spec) implements ParsedSpec {}

  /** A spec with errors. */
  record Invalid(List<ValidationError> errors) implements ParsedSpec {

    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
