package io.firesteel.driver.submit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.firesteel.spec.validation.SpecErrors;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A driver in the making: the steps change it one after the other. Lives within one build; one
 * thread.
 *
 * @param container Spark's, not yet among the pod's
 * @param properties what the driver will read
 */
public record DriverDraft(
    Pod pod,
    Container container,
    SortedMap<String, String> properties,
    List<HasMetadata> prerequisites,
    List<HasMetadata> owned,
    SpecErrors errors) {

  public void env(String name, @Nullable String value) {
    if (value != null) {
      container.getEnv().add(new EnvVar(name, value, null));
    }
  }

  public void envFromField(String name, String field) {
    var source = new EnvVarSource();
    source.setFieldRef(new ObjectFieldSelector("v1", field));
    container.getEnv().add(new EnvVar(name, null, source));
  }

  public void volume(Volume volume) {
    pod.getSpec().getVolumes().add(volume);
  }

  public void mount(String volume, String path) {
    var mount = new VolumeMount();
    mount.setName(volume);
    mount.setMountPath(path);
    container.getVolumeMounts().add(mount);
  }
}
