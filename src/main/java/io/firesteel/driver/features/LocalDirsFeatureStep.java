package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The driver's scratch directories. After {@code LocalDirsFeatureStep}, but the name that Spark
 * draws at random is derived from the application id.
 */
public final class LocalDirsFeatureStep {

  /** The prefix of the names of scratch volumes. */
  public static final String VOLUMES = "spark-local-dir-";

  private LocalDirsFeatureStep() {}

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
    String directories = submission.conf().string("spark.local.dir", defaultDirectory(submission));
    draft.env("SPARK_LOCAL_DIRS", directories);
    int number = 1;
    for (String directory : directories.split(",")) {
      String name = VOLUMES + number++;
      draft.volume(emptyDir(name, submission));
      draft.mount(name, directory);
    }
  }

  private static String defaultDirectory(Submission submission) {
    byte[] seed = submission.names().applicationId().getBytes(StandardCharsets.UTF_8);
    return "/var/data/spark-" + UUID.nameUUIDFromBytes(seed);
  }

  private static Volume emptyDir(String name, Submission submission) {
    var source = new EmptyDirVolumeSource();
    if (submission.conf().bool("spark.kubernetes.local.dirs.tmpfs", false)) {
      source.setMedium("Memory");
    }
    var volume = new Volume();
    volume.setName(name);
    volume.setEmptyDir(source);
    return volume;
  }
}
