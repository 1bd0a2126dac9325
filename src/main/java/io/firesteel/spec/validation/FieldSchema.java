package io.firesteel.spec.validation;

import io.firesteel.json.Rule;
import java.util.Map;
import java.util.Set;

/** The JSON that a field accepts. */
sealed interface FieldSchema {

  /** A value that a rule accepts. */
  record Scalar(Rule<?> rule) implements FieldSchema {}

  /** An array. */
  record ListField(FieldSchema element) implements FieldSchema {}

  /** An object with free keys. */
  record MapField(FieldSchema value) implements FieldSchema {}

  /** An object of a class that {@link SpecSchema} knows. */
  record ObjectField(Class<?> type) implements FieldSchema {}

  /** The fields of an object. */
  record ObjectFields(Map<String, FieldSchema> schemas, Set<String> required) {}
}
