package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.firesteel.driver.features.LocalDirsFeatureStep;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkPodSpec;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes scratch volumes, {@code spark-local-dir-*}, to Spark as properties, so that it uses them
 * for {@code SPARK_LOCAL_DIRS}; all other volumes are added to the pods. After the operator's
 * {@code driverVolumeMountsOption}.
 */
final class LocalDirVolumes {

  private LocalDirVolumes() {}

  static boolean isLocal(String volume) {
    return volume.startsWith(LocalDirsFeatureStep.VOLUMES);
  }

  static void put(
      String role,
      SparkApplicationSpec spec,
      SparkPodSpec pod,
      Map<String, String> conf,
      ValidationErrors errors) {
    for (VolumeMount mount : pod.volumeMounts()) {
      if (isLocal(mount.getName())) {
        spec.volumes().stream()
            .filter(v -> v.getName().equals(mount.getName()))
            .findFirst()
            .ifPresent(v -> put(role, v, mount, conf, errors));
      }
    }
  }

  private static void put(
      String role,
      Volume volume,
      VolumeMount mount,
      Map<String, String> conf,
      ValidationErrors errors) {
    String type = type(volume);
    if (type == null) {
      errors.add(
          "/volumes/" + volume.getName(),
          "is of a type that Spark cannot use as scratch space",
          "use emptyDir, hostPath, nfs or persistentVolumeClaim");
      return;
    }
    String prefix = "spark.kubernetes." + role + ".volumes." + type + "." + volume.getName() + ".";
    conf.put(prefix + "mount.path", mount.getMountPath());
    put(conf, prefix + "mount.subPath", mount.getSubPath());
    put(conf, prefix + "mount.subPathExpr", mount.getSubPathExpr());
    put(conf, prefix + "mount.readOnly", Boolean.TRUE.equals(mount.getReadOnly()) ? "true" : null);
    if (volume.getEmptyDir() instanceof EmptyDirVolumeSource dir) {
      put(conf, prefix + "options.medium", dir.getMedium());
      put(conf, prefix + "options.sizeLimit", Objects.toString(dir.getSizeLimit(), null));
    } else if (volume.getHostPath() != null) {
      put(conf, prefix + "options.path", volume.getHostPath().getPath());
      put(conf, prefix + "options.type", volume.getHostPath().getType());
    } else if (volume.getNfs() != null) {
      put(conf, prefix + "options.path", volume.getNfs().getPath());
      put(conf, prefix + "options.server", volume.getNfs().getServer());
    } else {
      put(conf, prefix + "options.claimName", volume.getPersistentVolumeClaim().getClaimName());
    }
  }

  private static @Nullable String type(Volume volume) {
    if (volume.getEmptyDir() != null) {
      return "emptyDir";
    }
    if (volume.getHostPath() != null) {
      return "hostPath";
    }
    if (volume.getNfs() != null) {
      return "nfs";
    }
    return volume.getPersistentVolumeClaim() == null ? null : "persistentVolumeClaim";
  }

  private static void put(Map<String, String> conf, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      conf.put(key, value);
    }
  }
}
