package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives the driver its properties in a ConfigMap, and the container its place in the pod. After
 * Spark's {@code Client.run} and {@code KubernetesClientUtils}.
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
    Volume volume = HadoopFeatureSteps.configMapVolume(VOLUME, name);
    volume.getConfigMap().setItems(List.of(new KeyToPath(FILE, READABLE_BY_ALL, FILE)));
    draft.volume(volume);
    draft.owned().add(configMap(name, submission, draft));
  }

  private static ConfigMap configMap(String name, Submission submission, DriverDraft draft) {
    var metadata = new ObjectMeta();
    metadata.setName(name);
    metadata.setNamespace(submission.namespace());
    var data = new TreeMap<String, String>();
    data.put(FILE, PropertiesFile.of(name, draft.properties()));
    data.put("spark.kubernetes.namespace", submission.namespace());
    var map = new ConfigMap();
    map.setMetadata(metadata);
    map.setImmutable(true);
    map.setData(data);
    return map;
  }
}
