package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import java.util.List;
import java.util.TreeMap;

/**
 * Adds the container to the pod and mounts the driver's properties from a ConfigMap. After Spark's
 * {@code Client.run} and {@code KubernetesClientUtils}.
 */
public final class DriverConfigMapStep {

  static final String DIRECTORY = "/opt/spark/conf";
  static final String FILE = "spark.properties";
  static final String PROPERTIES_PATH = DIRECTORY + "/" + FILE;
  public static final String VOLUME = "spark-conf-volume-driver";
  private static final int READABLE_BY_ALL = 0644;

  private DriverConfigMapStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    draft.env("SPARK_CONF_DIR", DIRECTORY);
    draft.mount(VOLUME, DIRECTORY);
    draft.pod().getSpec().getContainers().add(draft.container());
    String name = submission.names().configMap();
    Volume volume = DriverDraft.configMapVolume(VOLUME, name);
    volume.getConfigMap().setItems(List.of(new KeyToPath(FILE, READABLE_BY_ALL, FILE)));
    draft.volume(volume);
    var data = new TreeMap<String, String>();
    data.put(FILE, PropertiesFile.of(name, draft.properties()));
    data.put("spark.kubernetes.namespace", submission.namespace());
    draft.configMap(name, data).setNamespace(submission.namespace());
  }
}
