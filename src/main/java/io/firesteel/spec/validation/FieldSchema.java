package io.firesteel.spec.validation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What JSON a field takes. */
sealed interface FieldSchema {

  /** Any text. */
  record StringField() implements FieldSchema {}

  /** One of a few texts. */
  record EnumField(List<String> values) implements FieldSchema {}

  /** A whole number within bounds. */
  record IntegerField(long min, long max) implements FieldSchema {}

  /** true or false. */
  record BooleanField() implements FieldSchema {}

  /** A Kubernetes quantity, {@code 500m} or {@code 2}. */
  record QuantityField() implements FieldSchema {}

  /** A number or a text, as for ports. */
  record IntOrStringField() implements FieldSchema {}

  /** Whatever it is. */
  record AnyField() implements FieldSchema {}

  /** An array. */
  record ListField(FieldSchema element) implements FieldSchema {}

  /** An object with free keys. */
  record MapField(FieldSchema value) implements FieldSchema {}

  /** An object of a class that {@link SpecSchema} knows. */
  record ObjectField(Class<?> type) implements FieldSchema {}

  /** The fields of an object. */
  record ObjectFields(Map<String, FieldSchema> schemas, Set<String> required) {}
}
