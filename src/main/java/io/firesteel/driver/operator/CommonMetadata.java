package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.inbox.DesiredDriver;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels and annotations of every object of an attempt: Firesteel's own and the valid ones of
 * the request. A requested label whose value is not valid becomes an annotation; one whose key is
 * not valid, or is reserved for Firesteel, Spark or Kubernetes, is left out.
 */
public record CommonMetadata(
    SortedMap<String, String> labels, SortedMap<String, String> annotations) {

  /**
   * The labels and annotations of an attempt.
   *
   * @param installation the id of the installation that creates the objects
   * @param partition the partition of the drivers topic that the job is on
   */
  public static CommonMetadata of(
      DesiredDriver driver, DriverNames names, String installation, int partition) {
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
    labels.put(PodLabels.INSTALLATION, installation);
    labels.put(PodLabels.PARTITION, Integer.toString(partition));
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

  /** Adds them to an object; they override its own. */
  public void applyTo(ObjectMeta metadata) {
    metadata.setLabels(PodLabels.merged(metadata.getLabels(), labels));
    metadata.setAnnotations(PodLabels.merged(metadata.getAnnotations(), annotations));
  }

  /** Sets them as properties for the pods that Spark creates. */
  void applyTo(String role, Map<String, String> conf) {
    labels.forEach((key, value) -> conf.put("spark.kubernetes." + role + ".label." + key, value));
    annotations.forEach(
        (key, value) -> conf.put("spark.kubernetes." + role + ".annotation." + key, value));
  }
}
