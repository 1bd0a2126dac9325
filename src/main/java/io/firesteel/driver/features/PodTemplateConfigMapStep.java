package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Mounts the executors' pod template into the driver. After {@code PodTemplateConfigMapStep}. */
final class PodTemplateConfigMapStep {

  static final String KEY = "podspec-configmap-key";
  private static final String VOLUME = "pod-template-volume";
  private static final String DIRECTORY = "/opt/spark/pod-template";
  private static final String FILE = "pod-spec-template.yml";

  private PodTemplateConfigMapStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    if (submission.executorTemplate() instanceof String template) {
      String map = submission.names().prefix() + "-driver-podspec-conf-map";
      Volume volume = DriverDraft.configMapVolume(VOLUME, map);
      volume.getConfigMap().setItems(List.of(new KeyToPath(KEY, null, FILE)));
      draft.volume(volume);
      draft.mount(VOLUME, DIRECTORY);
      draft.properties().put("spark.kubernetes.executor.podTemplateFile", DIRECTORY + "/" + FILE);
      draft.configMap(map, new TreeMap<>(Map.of(KEY, template)));
    }
  }
}
