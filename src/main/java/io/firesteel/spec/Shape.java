package io.firesteel.spec;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What JSON a field takes. */
sealed interface Shape {

  /** Any text. */
  record Text() implements Shape {}

  /** One of a few texts. */
  record OneOf(List<String> values) implements Shape {}

  /** A whole number within bounds. */
  record Whole(long least, long most) implements Shape {}

  /** true or false. */
  record Flag() implements Shape {}

  /** A Kubernetes quantity, {@code 500m} or {@code 2}. */
  record Amount() implements Shape {}

  /** A number or a text, as for ports. */
  record NumberOrText() implements Shape {}

  /** Whatever it is. */
  record Anything() implements Shape {}

  /** An array. */
  record ListOf(Shape element) implements Shape {}

  /** An object with free keys. */
  record MapOf(Shape value) implements Shape {}

  /** An object of a class that {@link Shapes} knows. */
  record Bean(Class<?> type) implements Shape {}

  /** The fields of an object. */
  record Fields(Map<String, Shape> shapes, Set<String> required) {}
}
