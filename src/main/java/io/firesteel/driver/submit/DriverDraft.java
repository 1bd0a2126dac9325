package io.firesteel.driver.submit;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.firesteel.json.ValidationErrors;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a driver while the steps build them, one after the other. For one build and one
 * thread.
 *
 * @param container Spark's container, which is added to the pod last
 * @param properties the properties that the driver reads
 */
public record DriverDraft(
    Pod pod,
    Container container,
    SortedMap<String, String> properties,
    List<HasMetadata> prerequisites,
    List<HasMetadata> owned,
    ValidationErrors errors) {

  /** Reports an error in a Spark property. */
  public void invalid(String key, String message, String remedy) {
    errors.add(SparkConf.pointerTo(key), message, remedy);
  }

  /** Adds a variable to Spark's container; null adds none. */
  public void env(String name, @Nullable String value) {
    if (value != null) {
      container.getEnv().add(new EnvVar(name, value, null));
    }
  }

  /** Adds a variable with the value of a field of the pod. */
  public void envFromField(String name, String field) {
    var source = new EnvVarSource();
    source.setFieldRef(new ObjectFieldSelector("v1", field));
    container.getEnv().add(new EnvVar(name, null, source));
  }

  /** Adds a volume to the pod. */
  public void volume(Volume volume) {
    pod.getSpec().getVolumes().add(volume);
  }

  /** Adds an immutable ConfigMap and returns its metadata. */
  public ObjectMeta configMap(String name, SortedMap<String, String> data) {
    var metadata = new ObjectMeta();
    metadata.setName(name);
    var map = new ConfigMap();
    map.setMetadata(metadata);
    map.setImmutable(true);
    map.setData(data);
    owned.add(map);
    return metadata;
  }

  /** A volume with the entries of a ConfigMap. */
  public static Volume configMapVolume(String name, String map) {
    var source = new ConfigMapVolumeSource();
    source.setName(map);
    var volume = new Volume();
    volume.setName(name);
    volume.setConfigMap(source);
    return volume;
  }

  /** A volume with the entries of a Secret. */
  public static Volume secretVolume(String name, String secret) {
    var source = new SecretVolumeSource();
    source.setSecretName(secret);
    var volume = new Volume();
    volume.setName(name);
    volume.setSecret(source);
    return volume;
  }

  /** Mounts a volume of the pod into Spark's container. */
  public void mount(String volume, String path) {
    container
        .getVolumeMounts()
        .add(new VolumeMountBuilder().withName(volume).withMountPath(path).build());
  }
}
