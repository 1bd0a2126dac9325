package io.firesteel.trigger;

import io.firesteel.json.Rule;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The object stores whose notifications are understood. */
public enum ObjectStore {
  AZURE,
  S3,
  MINIO,
  GCS;

  static final Rule<ObjectStore> RULE =
      Rule.oneOf(Arrays.stream(values()).collect(Collectors.toMap(ObjectStore::value, s -> s)));

  /** What it is called in definitions. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A sequencer in a form that sorts as text, for one object. S3 and MinIO count in hexadecimal
   * fractions, which grow at the end; Google counts in whole numbers; Azure's sort as they are.
   */
  String sortable(String sequencer) {
    return switch (this) {
      case AZURE -> sequencer;
      case S3, MINIO -> padded(sequencer.toUpperCase(Locale.ROOT), true);
      case GCS -> padded(sequencer, false);
    };
  }

  private static String padded(String sequencer, boolean atTheEnd) {
    String zeros = "0".repeat(Math.max(0, 64 - sequencer.length()));
    return atTheEnd ? sequencer + zeros : zeros + sequencer;
  }
}
