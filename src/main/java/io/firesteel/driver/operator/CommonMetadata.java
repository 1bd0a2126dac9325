package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.inbox.DesiredDriver;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is written on every object so that it is found again: Firesteel's labels and annotations,
 * and the requester's labels where they are valid ones. A requester's label whose value is none
 * becomes an annotation; one whose key is none is left out, as is one that would pass for ours or
 * Spark's.
 */
public record CommonMetadata(
    SortedMap<String, String> labels, SortedMap<String, String> annotations) {

  public static CommonMetadata of(DesiredDriver driver, DriverNames names, int shard) {
    var labels = new TreeMap<String, String>();
    var annotations = new TreeMap<String, String>();
    driver
        .labels()
        .forEach((key, value) -> {
          if (PodLabels.isValidKey(key) && !isReserved(key)) {
            (PodLabels.isValidValue(value) ? labels : annotations).put(key, value);
          }
        });
    String attempt = Integer.toString(driver.attempt().number());
    labels.put(PodLabels.MANAGED_BY, PodLabels.FIRESTEEL);
    labels.put(PodLabels.PARTITION, Integer.toString(shard));
    labels.put(PodLabels.JOB, names.jobLabel());
    labels.put(PodLabels.GENERATION, Long.toString(driver.attempt().generation()));
    labels.put(PodLabels.ATTEMPT, attempt);
    labels.put(PodLabels.TENANT, PodLabels.toLabelValue(driver.attempt().job().tenant()));
    annotations.put(PodLabels.JOB_KEY, driver.attempt().job().toString());
    annotations.put(PodLabels.ATTEMPT, attempt);
    return new CommonMetadata(labels, annotations);
  }

  private static boolean isReserved(String key) {
    return key.equals(PodLabels.MANAGED_BY)
        || key.startsWith("firesteel.io/")
        || key.startsWith("spark-")
        || key.contains("kubernetes.io/");
  }

  public void applyTo(ObjectMeta metadata) {
    metadata.setLabels(with(metadata.getLabels(), labels));
    metadata.setAnnotations(with(metadata.getAnnotations(), annotations));
  }

  /** As properties, for the pods Spark makes. */
  void applyTo(String role, Map<String, String> conf) {
    labels.forEach((key, value) -> conf.put("spark.kubernetes." + role + ".label." + key, value));
    annotations.forEach(
        (key, value) -> conf.put("spark.kubernetes." + role + ".annotation." + key, value));
  }

  private static Map<String, String> with(
      @Nullable Map<String, String> before, Map<String, String> added) {
    var all = new TreeMap<>(before == null ? Map.of() : before);
    all.putAll(added);
    return all;
  }
}
