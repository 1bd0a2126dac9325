package io.firesteel.trigger;

import io.firesteel.json.Rule;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The object stores whose notifications Firesteel reads. */
public enum ObjectStore {
  AZURE,
  S3,
  MINIO,
  GCS;

  static final Rule<ObjectStore> RULE =
      Rule.oneOf(Arrays.stream(values()).collect(Collectors.toMap(ObjectStore::value, s -> s)));

  /** The name in definitions. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A sequencer of one object in a form that sorts as text. S3 and MinIO use hexadecimal fractions,
   * which are padded at the end; Google uses integers; Azure's already sort.
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
