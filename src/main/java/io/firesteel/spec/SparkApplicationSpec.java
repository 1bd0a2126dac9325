package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.job.RetryPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a SparkApplication, {@code sparkoperator.k8s.io/v1beta2}, with the Spark operator's
 * names and meaning (its {@code api/v1beta2/sparkapplication_types.go}). Lists and maps that are
 * absent are empty.
 */
@RegisterForReflection
public record SparkApplicationSpec(
    @Nullable Boolean suspend,
    SparkApplicationType type,
    String sparkVersion,
    @Nullable DeployMode mode,
    @Nullable String proxyUser,
    @Nullable String image,
    @Nullable String imagePullPolicy,
    List<String> imagePullSecrets,
    @Nullable String mainClass,
    String mainApplicationFile,
    List<String> arguments,
    Map<String, String> sparkConf,
    Map<String, String> hadoopConf,
    @Nullable String sparkConfigMap,
    @Nullable String hadoopConfigMap,
    List<Volume> volumes,
    DriverSpec driver,
    ExecutorSpec executor,
    @Nullable SparkDependencies deps,
    @Nullable RestartPolicy restartPolicy,
    Map<String, String> nodeSelector,
    @Nullable Integer failureRetries,
    @Nullable Long retryInterval,
    @Nullable String pythonVersion,
    @Nullable String memoryOverheadFactor,
    @Nullable MonitoringSpec monitoring,
    @Nullable String batchScheduler,
    @Nullable BatchSchedulerConfiguration batchSchedulerOptions,
    @Nullable Long timeToLiveSeconds,
    @Nullable SparkUiConfiguration sparkUIOptions,
    List<DriverIngressConfiguration> driverIngressOptions,
    @Nullable DynamicAllocation dynamicAllocation,
    @Nullable Boolean driverPodDisruptionBudget) {

  public SparkApplicationSpec {
    imagePullSecrets = List.copyOf(imagePullSecrets);
    arguments = List.copyOf(arguments);
    sparkConf = Map.copyOf(sparkConf);
    hadoopConf = Map.copyOf(hadoopConf);
    volumes = List.copyOf(volumes);
    nodeSelector = Map.copyOf(nodeSelector);
    driverIngressOptions = List.copyOf(driverIngressOptions);
  }

  /** When a failed attempt is retried, with the operator's defaults. */
  public RetryPolicy retryPolicy() {
    return restartPolicy == null ? RetryPolicy.NEVER : restartPolicy.toRetryPolicy();
  }

  /** The release line of {@link #sparkVersion}; a valid spec has one. */
  public SparkLine line() {
    return SparkLine.of(sparkVersion).orElseThrow();
  }

  /** The dependencies; empty if there are none. */
  public SparkDependencies dependencies() {
    return deps == null ? SparkDependencies.NONE : deps;
  }

  /** The image of the driver; a valid spec has one. */
  public String driverImage() {
    return Optional.ofNullable(driver.pod().image())
        .or(() -> Optional.ofNullable(image))
        .orElseThrow();
  }

  /** The image of the executors; a valid spec has one. */
  public String executorImage() {
    return Optional.ofNullable(executor.pod().image())
        .or(() -> Optional.ofNullable(image))
        .orElseThrow();
  }
}
