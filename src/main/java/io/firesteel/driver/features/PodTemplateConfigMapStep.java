package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import java.util.List;
import java.util.TreeMap;

/** Hands the executors' pod template on to the driver. After {@code PodTemplateConfigMapStep}. */
final class PodTemplateConfigMapStep {

  static final String KEY = "podspec-configmap-key";
  private static final String VOLUME = "pod-template-volume";
  private static final String DIRECTORY = "/opt/spark/pod-template";
  private static final String FILE = "pod-spec-template.yml";

  private PodTemplateConfigMapStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    if (submission.executorTemplate() instanceof String template) {
      String map = submission.names().prefix() + "-driver-podspec-conf-map";
      Volume volume = HadoopFeatureSteps.configMapVolume(VOLUME, map);
      volume.getConfigMap().setItems(List.of(new KeyToPath(KEY, null, FILE)));
      draft.volume(volume);
      draft.mount(VOLUME, DIRECTORY);
      draft.properties().put("spark.kubernetes.executor.podTemplateFile", DIRECTORY + "/" + FILE);
      draft.owned().add(configMap(map, template));
    }
  }

  private static ConfigMap configMap(String name, String template) {
    var metadata = new ObjectMeta();
    metadata.setName(name);
    var map = new ConfigMap();
    map.setMetadata(metadata);
    map.setImmutable(true);
    var data = new TreeMap<String, String>();
    data.put(KEY, template);
    map.setData(data);
    return map;
  }
}
