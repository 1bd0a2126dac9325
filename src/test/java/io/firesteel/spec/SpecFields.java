package io.firesteel.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/** The fields that the operator's definition of a SparkApplication names. */
public final class SpecFields {

  private SpecFields() {}

  /** All of them, down to Kubernetes' own types. */
  public static SortedSet<String> ofTheDefinition() throws IOException {
    try (InputStream in =
        SpecFields.class.getResourceAsStream("sparkapplication-v1beta2-fields.txt")) {
      if (in == null) {
        throw new IOException("the list of fields is gone");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TreeSet<>(text.lines().filter(l -> !l.startsWith("#")).toList());
    }
  }
}
