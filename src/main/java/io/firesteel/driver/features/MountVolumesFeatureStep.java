package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import io.firesteel.spec.quantity.Quantities;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The volumes that properties request. After {@code MountVolumesFeatureStep}. */
final class MountVolumesFeatureStep {

  /** Spark refuses less, which is a forgotten unit. */
  private static final BigDecimal MIN_BYTES = BigDecimal.valueOf(1024);

  private final Submission submission;
  private final DriverDraft draft;

  private MountVolumesFeatureStep(Submission submission, DriverDraft draft) {
    this.submission = submission;
    this.draft = draft;
  }

  static void apply(Submission submission, DriverDraft draft) {
    KubernetesVolumeSpec.of(submission.conf(), "executor", draft.errors());
    List<KubernetesVolumeSpec> volumes =
        KubernetesVolumeSpec.of(submission.conf(), "driver", draft.errors());
    var step = new MountVolumesFeatureStep(submission, draft);
    var paths = new HashSet<String>();
    for (int i = 0; i < volumes.size(); i++) {
      KubernetesVolumeSpec settings = volumes.get(i);
      if (!paths.add(settings.mountPath())) {
        settings.invalid(
            "mount.path",
            "is the path of another volume, too",
            "mount each volume at a path of its own");
      }
      step.mount(settings);
      step.volume(settings, i);
    }
  }

  private void mount(KubernetesVolumeSpec settings) {
    var mount = new VolumeMount();
    mount.setName(settings.name());
    mount.setMountPath(settings.mountPath());
    mount.setReadOnly(settings.readOnly());
    mount.setSubPath(settings.option("mount.subPath", ""));
    if (has(SparkFeature.SUB_PATH_EXPR)) {
      mount.setSubPathExpr(settings.option("mount.subPathExpr", ""));
    }
    draft.container().getVolumeMounts().add(mount);
  }

  private void volume(KubernetesVolumeSpec settings, int number) {
    var volume = new Volume();
    volume.setName(settings.name());
    switch (settings.type()) {
      case HOST_PATH ->
          volume.setHostPath(
              new HostPathVolumeSource(
                  settings.requiredOption("options.path"),
                  has(SparkFeature.HOST_PATH_TYPE) ? settings.option("options.type", "") : ""));
      case CLAIM -> volume.setPersistentVolumeClaim(claim(settings, number));
      case EMPTY_DIR ->
          volume.setEmptyDir(
              new EmptyDirVolumeSource(settings.option("options.medium", ""), size(settings)));
      case NFS ->
          volume.setNfs(
              new NFSVolumeSource(
                  settings.requiredOption("options.path"),
                  null,
                  settings.requiredOption("options.server")));
    }
    draft.volume(volume);
  }

  private boolean has(SparkFeature feature) {
    return feature.isIn(submission.line());
  }

  private PersistentVolumeClaimVolumeSource claim(KubernetesVolumeSpec settings, int number) {
    String name =
        settings
            .requiredOption("options.claimName")
            .replace("OnDemand", submission.names().prefix() + "-driver-pvc-" + number);
    Quantity size = size(settings);
    if (size != null && !settings.option("options.storageClass", "").isEmpty()) {
      draft.owned().add(newClaim(name, settings, size));
    }
    return new PersistentVolumeClaimVolumeSource(name, settings.readOnly());
  }

  private PersistentVolumeClaim newClaim(
      String name, KubernetesVolumeSpec settings, Quantity size) {
    boolean metadataOfClaims = has(SparkFeature.CLAIM_METADATA);
    var metadata = new ObjectMeta();
    metadata.setName(name);
    var labels = new TreeMap<>(metadataOfClaims ? settings.withPrefix("label.") : Map.of());
    labels.put(PodLabels.SPARK_APP_SELECTOR, submission.names().applicationId());
    metadata.setLabels(labels);
    metadata.setAnnotations(
        metadataOfClaims ? settings.withPrefix("annotation.") : new TreeMap<>());

    boolean shared =
        submission
            .conf()
            .bool(
                "spark.kubernetes.legacy.useReadWriteOnceAccessMode",
                !has(SparkFeature.READ_WRITE_ONCE_POD));
    var resources = new VolumeResourceRequirements();
    resources.setRequests(new TreeMap<>(Map.of("storage", size)));
    var spec = new PersistentVolumeClaimSpec();
    spec.setStorageClassName(settings.option("options.storageClass", ""));
    spec.setAccessModes(List.of(shared ? "ReadWriteOnce" : "ReadWriteOncePod"));
    spec.setResources(resources);
    var claim = new PersistentVolumeClaim();
    claim.setMetadata(metadata);
    claim.setSpec(spec);
    return claim;
  }

  private @Nullable Quantity size(KubernetesVolumeSpec settings) {
    String size = settings.option("options.sizeLimit", "");
    if (size.isEmpty()) {
      return null;
    }
    Optional<BigDecimal> bytes = Quantities.parse(size);
    if (bytes.isPresent() && bytes.get().compareTo(MIN_BYTES) >= 0) {
      return Quantity.parse(size);
    }
    settings.invalid(
        "options.sizeLimit",
        bytes.isEmpty() ? "is not a valid quantity" : "is smaller than 1 KiB",
        "give one with a unit, such as 20Gi");
    return null;
  }
}
