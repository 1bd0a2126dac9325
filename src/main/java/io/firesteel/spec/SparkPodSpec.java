package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that driver and executors share: Spark's container and its pod. */
@RegisterForReflection
public record SparkPodSpec(
    @Nullable PodTemplateSpec template,
    @Nullable Integer cores,
    @Nullable String coreRequest,
    @Nullable String coreLimit,
    @Nullable String memory,
    @Nullable String memoryLimit,
    @Nullable String memoryOverhead,
    @Nullable GpuSpec gpu,
    @Nullable String image,
    @Nullable String javaOptions,
    List<NamePath> configMaps,
    List<SecretInfo> secrets,
    List<EnvVar> env,
    Map<String, String> envVars,
    List<EnvFromSource> envFrom,
    Map<String, NameKey> envSecretKeyRefs,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<VolumeMount> volumeMounts,
    @Nullable Affinity affinity,
    List<Toleration> tolerations,
    @Nullable PodSecurityContext podSecurityContext,
    @Nullable SecurityContext securityContext,
    @Nullable String schedulerName,
    @Nullable String priorityClassName,
    List<Container> sidecars,
    List<Container> initContainers,
    @Nullable Boolean hostNetwork,
    Map<String, String> nodeSelector,
    @Nullable PodDNSConfig dnsConfig,
    @Nullable Long terminationGracePeriodSeconds,
    @Nullable Lifecycle lifecycle,
    List<Port> ports,
    @Nullable String serviceAccount,
    List<HostAlias> hostAliases,
    @Nullable Boolean shareProcessNamespace) {

  public SparkPodSpec {
    configMaps = List.copyOf(configMaps);
    secrets = List.copyOf(secrets);
    env = List.copyOf(env);
    envVars = Map.copyOf(envVars);
    envFrom = List.copyOf(envFrom);
    envSecretKeyRefs = Map.copyOf(envSecretKeyRefs);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    volumeMounts = List.copyOf(volumeMounts);
    tolerations = List.copyOf(tolerations);
    sidecars = List.copyOf(sidecars);
    initContainers = List.copyOf(initContainers);
    nodeSelector = Map.copyOf(nodeSelector);
    ports = List.copyOf(ports);
    hostAliases = List.copyOf(hostAliases);
  }
}
