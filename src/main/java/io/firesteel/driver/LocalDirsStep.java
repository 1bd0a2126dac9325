package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Where the driver keeps its scratch files. After {@code LocalDirsFeatureStep}; the directory that
 * Spark names at random follows from the application id.
 */
final class LocalDirsStep {

  /** Volumes of this name are scratch space. */
  static final String VOLUMES = "spark-local-dir-";

  private LocalDirsStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    List<String> mounted =
        draft.container().getVolumeMounts().stream()
            .filter(m -> m.getName().startsWith(VOLUMES))
            .map(VolumeMount::getMountPath)
            .toList();
    if (!mounted.isEmpty()) {
      draft.env("SPARK_LOCAL_DIRS", String.join(",", mounted));
      return;
    }
    String directories = submission.conf().text("spark.local.dir", unnamed(submission));
    draft.env("SPARK_LOCAL_DIRS", directories);
    int number = 1;
    for (String directory : directories.split(",")) {
      String name = VOLUMES + number++;
      draft.volume(emptyDir(name, submission));
      draft.mount(name, directory);
    }
  }

  private static String unnamed(Submission submission) {
    byte[] seed = submission.names().applicationId().getBytes(StandardCharsets.UTF_8);
    return "/var/data/spark-" + UUID.nameUUIDFromBytes(seed);
  }

  private static Volume emptyDir(String name, Submission submission) {
    var source = new EmptyDirVolumeSource();
    if (submission.conf().flag("spark.kubernetes.local.dirs.tmpfs", false)) {
      source.setMedium("Memory");
    }
    var volume = new Volume();
    volume.setName(name);
    volume.setEmptyDir(source);
    return volume;
  }
}
