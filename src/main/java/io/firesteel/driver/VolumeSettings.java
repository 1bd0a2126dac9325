package io.firesteel.driver;

import io.firesteel.spec.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One volume that properties ask for: {@code spark.kubernetes.<role>.volumes.<type>.<name>.…}.
 * After {@code KubernetesVolumeUtils}.
 */
record VolumeSettings(
    String prefix, Type type, String name, SortedMap<String, String> options, Problems problems) {

  /** The types of volumes that properties can ask for. */
  enum Type {
    HOST_PATH("hostPath", List.of("options.path")),
    CLAIM("persistentVolumeClaim", List.of("options.claimName")),
    EMPTY_DIR("emptyDir", List.of()),
    NFS("nfs", List.of("options.path", "options.server"));

    private final String word;
    private final List<String> needed;

    Type(String word, List<String> needed) {
      this.word = word;
      this.needed = needed;
    }

    static @Nullable Type of(String word) {
      for (Type type : values()) {
        if (type.word.equals(word)) {
          return type;
        }
      }
      return null;
    }
  }

  /** The volumes of a role, {@code driver} or {@code executor}, sorted by type and name. */
  static List<VolumeSettings> of(SparkConf conf, String role, Problems problems) {
    String prefix = "spark.kubernetes." + role + ".volumes.";
    SortedMap<String, String> all = conf.under(prefix);
    var found = new ArrayList<VolumeSettings>();
    var seen = new TreeSet<String>();
    for (String key : all.keySet()) {
      String[] parts = key.split("\\.", 3);
      if (parts.length == 3 && seen.add(parts[0] + "." + parts[1])) {
        read(prefix, parts[0], parts[1], conf, problems, found);
      }
    }
    return found;
  }

  private static void read(
      String prefix,
      String word,
      String name,
      SparkConf conf,
      Problems problems,
      List<VolumeSettings> found) {
    String own = prefix + word + "." + name + ".";
    Type type = Type.of(word);
    if (type == null) {
      problems.add(
          SparkConf.path(prefix + word),
          "is no type of volume",
          "use hostPath, persistentVolumeClaim, emptyDir or nfs");
      return;
    }
    var settings = new VolumeSettings(own, type, name, conf.under(own), problems);
    settings.check();
    found.add(settings);
  }

  private void check() {
    needed("mount.path");
    type.needed.forEach(this::needed);
    if (options.containsKey("mount.subPath") && options.containsKey("mount.subPathExpr")) {
      problems.add(path("mount.subPathExpr"), "goes not with mount.subPath", "keep one of them");
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

  /** An option that must be there; empty, and a problem, if it is not. */
  String needed(String key) {
    if (!options.containsKey(key)) {
      problems.add(path(key), "is missing", "give it a value");
    }
    return option(key, "");
  }

  SortedMap<String, String> under(String start) {
    var found = new TreeMap<String, String>();
    options.forEach((key, value) -> {
      if (key.startsWith(start)) {
        found.put(key.substring(start.length()), value);
      }
    });
    return found;
  }

  String path(String key) {
    return SparkConf.path(prefix + key);
  }
}
