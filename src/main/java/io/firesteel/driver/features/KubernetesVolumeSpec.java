package io.firesteel.driver.features;

import io.firesteel.driver.submit.SparkConf;
import io.firesteel.json.ValidationErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One volume that properties request: {@code spark.kubernetes.<role>.volumes.<type>.<name>.…}.
 * After {@code KubernetesVolumeUtils}.
 */
record KubernetesVolumeSpec(
    String prefix,
    VolumeType type,
    String name,
    SortedMap<String, String> options,
    ValidationErrors errors) {

  /** The types of volumes that properties can request. */
  enum VolumeType {
    HOST_PATH("hostPath", List.of("options.path")),
    CLAIM("persistentVolumeClaim", List.of("options.claimName")),
    EMPTY_DIR("emptyDir", List.of()),
    NFS("nfs", List.of("options.path", "options.server"));

    private final String value;
    private final List<String> requiredOptions;

    VolumeType(String word, List<String> needed) {
      this.value = word;
      this.requiredOptions = needed;
    }

    static @Nullable VolumeType of(String word) {
      return Arrays.stream(values()).filter(t -> t.value.equals(word)).findFirst().orElse(null);
    }
  }

  /** The volumes of a role, {@code driver} or {@code executor}, sorted by type and name. */
  static List<KubernetesVolumeSpec> of(SparkConf conf, String role, ValidationErrors errors) {
    String prefix = "spark.kubernetes." + role + ".volumes.";
    SortedMap<String, String> all = conf.withPrefix(prefix);
    var found = new ArrayList<KubernetesVolumeSpec>();
    var known = new TreeSet<String>();
    for (String key : all.keySet()) {
      String[] parts = key.split("\\.", 3);
      if (parts.length == 3 && known.add(parts[0] + "." + parts[1])) {
        read(prefix, parts[0], parts[1], conf, errors, found);
      }
    }
    return found;
  }

  private static void read(
      String prefix,
      String word,
      String name,
      SparkConf conf,
      ValidationErrors errors,
      List<KubernetesVolumeSpec> found) {
    String own = prefix + word + "." + name + ".";
    VolumeType volumeType = VolumeType.of(word);
    if (volumeType == null) {
      errors.add(
          SparkConf.pointerTo(prefix + word),
          "is not a supported volume type",
          "use hostPath, persistentVolumeClaim, emptyDir or nfs");
      return;
    }
    var settings = new KubernetesVolumeSpec(own, volumeType, name, conf.withPrefix(own), errors);
    settings.check();
    found.add(settings);
  }

  private void check() {
    requiredOption("mount.path");
    type.requiredOptions.forEach(this::requiredOption);
    if (options.containsKey("mount.subPath") && options.containsKey("mount.subPathExpr")) {
      invalid("mount.subPathExpr", "cannot be combined with mount.subPath", "keep one of them");
    }
  }

  String mountPath() {
    return option("mount.path", "");
  }

  boolean readOnly() {
    return option("mount.readOnly", "false").toLowerCase(Locale.ROOT).equals("true");
  }

  String option(String key, String otherwise) {
    return options.getOrDefault(key, otherwise);
  }

  /** A required option; reports an error and returns an empty string if it is absent. */
  String requiredOption(String key) {
    if (!options.containsKey(key)) {
      invalid(key, "is missing", "give it a value");
    }
    return option(key, "");
  }

  SortedMap<String, String> withPrefix(String start) {
    return SparkConf.withPrefix(options, start);
  }

  /** Reports an error in an option. */
  void invalid(String key, String message, String remedy) {
    errors.add(SparkConf.pointerTo(prefix + key), message, remedy);
  }
}
