package io.firesteel.driver.submit;

import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.validation.ClientFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The properties that spark-submit adds. After Spark's {@code SparkSubmit.prepareSubmitEnvironment}
 * in cluster mode, without {@code spark.app.submitTime}: the driver sets it when it starts, so that
 * the same job gives the same objects.
 */
public final class SubmitConf {

  static final String JARS = "spark.jars";
  static final String PY_FILES = "spark.submit.pyFiles";
  static final List<String> FILE_LISTS = List.of(JARS, "spark.files", "spark.archives", PY_FILES);

  private SubmitConf() {}

  /** The given properties with those that spark-submit adds. */
  public static SparkConf of(
      SortedMap<String, String> given, SubmitArguments app, ValidationErrors errors) {
    var conf = new TreeMap<>(given);
    conf.keySet().removeIf(key -> !key.startsWith("spark."));
    conf.remove("spark.driver.host");
    conf.putIfAbsent(
        "spark.app.name", app.mainClass().isEmpty() ? app.resource() : app.mainClass());
    conf.put("spark.submit.deployMode", "cluster");
    if (app.language() == SubmitArguments.Language.JAVA) {
      List<String> jars = files(conf.getOrDefault(JARS, ""));
      if (!app.resource().equals(SubmitArguments.NO_RESOURCE)) {
        jars.add(app.resource());
      }
      conf.put(JARS, String.join(",", jars));
    }
    conf.putIfAbsent(PY_FILES, "");
    for (String key : FILE_LISTS) {
      if (conf.containsKey(key)) {
        conf.put(key, reachable(key, conf.get(key), errors));
      }
    }
    return SparkConf.of(conf, errors);
  }

  private static String reachable(String key, String value, ValidationErrors errors) {
    List<String> files = files(value);
    if (files.stream().anyMatch(ClientFiles::isClientLocal)) {
      errors.add(
          SparkConf.pointerTo(key),
          "names a file on the client's disk, which the driver cannot read",
          ClientFiles.REMEDY);
    }
    return String.join(",", files);
  }

  private static List<String> files(String list) {
    return new ArrayList<>(
        Arrays.stream(list.split(",", -1)).map(String::trim).filter(f -> !f.isEmpty()).toList());
  }
}
