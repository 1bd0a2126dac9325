package io.firesteel.driver.submit;

import io.firesteel.spec.validation.SpecErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What spark-submit itself adds to the properties before it hands over to Kubernetes. After Spark's
 * {@code SparkSubmit.prepareSubmitEnvironment}, cluster mode; but for {@code spark.app.submitTime},
 * which the driver sets when it starts, so that the same job gives the same objects.
 */
public final class SubmitConf {

  static final String JARS = "spark.jars";
  static final String PY_FILES = "spark.submit.pyFiles";
  static final List<String> FILE_LISTS = List.of(JARS, "spark.files", "spark.archives", PY_FILES);

  private SubmitConf() {}

  public static SparkConf of(
      SortedMap<String, String> given, SubmitArguments app, SpecErrors specErrors) {
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
        conf.put(key, reachable(key, conf.get(key), specErrors));
      }
    }
    return SparkConf.of(conf, specErrors);
  }

  private static String reachable(String key, String value, SpecErrors specErrors) {
    List<String> files = files(value);
    if (files.stream().anyMatch(SubmitConf::isClientLocal)) {
      specErrors.add(
          SparkConf.pointerTo(key),
          "names a file that would have to be uploaded from the sender's disk",
          "use local:// for a file in the image, or s3a://, https:// and the like");
    }
    return String.join(",", files);
  }

  /** Whether only the machine that submits could read a file. */
  public static boolean isClientLocal(String file) {
    return !file.contains(":") || file.startsWith("file:");
  }

  private static List<String> files(String list) {
    return new ArrayList<>(
        Arrays.stream(list.split(",", -1)).map(String::trim).filter(f -> !f.isEmpty()).toList());
  }
}
