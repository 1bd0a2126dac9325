package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralVolumeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.firesteel.json.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at where pods run, what they request of a node, which volumes they mount and which traffic
 * they attract, by Kubernetes' own types. The room is that of {@link PolicyProperties}.
 */
final class ReachOracle {

  private static final Set<String> VOLUMES =
      Set.of(
          "name",
          "configMap",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "hostPath",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");

  private ReachOracle() {}

  static void pod(PodSpec pod) {
    placement(pod);
    assertThat(pod.getOverhead()).isNullOrEmpty();
    assertThat(pod.getResourceClaims()).isNullOrEmpty();
    resources(pod.getResources());
    if (pod.getSecurityContext() != null) {
      user(pod.getSecurityContext().getRunAsUser(), pod.getSecurityContext().getRunAsNonRoot());
      assertThat(pod.getSecurityContext().getWindowsOptions())
          .satisfiesAnyOf(
              windows -> assertThat(windows).isNull(),
              windows -> assertThat(windows.getGmsaCredentialSpec()).isNull());
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    }
    pod.getVolumes().forEach(ReachOracle::volume);
    Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
        .forEach(ReachOracle::container);
  }

  private static void placement(PodSpec pod) {
    assertThat(pod.getNodeName()).isIn(null, "");
    assertThat(pod.getPriorityClassName()).isIn(null, "");
    assertThat(pod.getPriority()).isNull();
    assertThat(pod.getPreemptionPolicy()).isIn(null, "");
    assertThat(pod.getRuntimeClassName()).isIn(null, "", "gvisor");
    assertThat(pod.getSchedulerName()).isIn(null, "", "default-scheduler", "volcano");
    assertThat(pod.getTolerations()).allSatisfy(t -> assertThat(t.getKey()).isEqualTo("spot"));
    affinityTerms(pod.getAffinity())
        .forEach(term -> {
          assertThat(term.getNamespaces()).isEmpty();
          assertThat(term.getNamespaceSelector()).isNull();
        });
  }

  private static Stream<PodAffinityTerm> affinityTerms(@Nullable Affinity affinity) {
    if (affinity == null) {
      return Stream.of();
    }
    var near = affinity.getPodAffinity();
    var apart = affinity.getPodAntiAffinity();
    return Stream.of(
            near == null
                ? Stream.<PodAffinityTerm>of()
                : Stream.concat(
                    near.getRequiredDuringSchedulingIgnoredDuringExecution().stream(),
                    terms(near.getPreferredDuringSchedulingIgnoredDuringExecution())),
            apart == null
                ? Stream.<PodAffinityTerm>of()
                : Stream.concat(
                    apart.getRequiredDuringSchedulingIgnoredDuringExecution().stream(),
                    terms(apart.getPreferredDuringSchedulingIgnoredDuringExecution())))
        .flatMap(terms -> terms)
        .filter(Objects::nonNull);
  }

  private static Stream<PodAffinityTerm> terms(List<WeightedPodAffinityTerm> weighted) {
    return weighted.stream()
        .filter(Objects::nonNull)
        .map(WeightedPodAffinityTerm::getPodAffinityTerm);
  }

  private static void volume(Volume volume) {
    JsonCodec.toTree(volume)
        .properties()
        .forEach(field -> assertThat(VOLUMES).contains(field.getKey()));
    if (volume.getEphemeral() instanceof EphemeralVolumeSource ephemeral
        && ephemeral.getVolumeClaimTemplate() != null
        && ephemeral.getVolumeClaimTemplate().getSpec()
            instanceof PersistentVolumeClaimSpec claim) {
      assertThat(claim.getVolumeName()).isIn(null, "");
      assertThat(claim.getSelector()).isNull();
      assertThat(claim.getDataSource()).isNull();
      assertThat(claim.getDataSourceRef()).isNull();
    }
  }

  private static void container(Container container) {
    resources(container.getResources());
    if (container.getSecurityContext() != null) {
      user(
          container.getSecurityContext().getRunAsUser(),
          container.getSecurityContext().getRunAsNonRoot());
    }
    container
        .getVolumeMounts()
        .forEach(mount -> assertThat(mount.getMountPropagation()).isNotEqualTo("Bidirectional"));
    Stream.of(
            container.getLivenessProbe(),
            container.getReadinessProbe(),
            container.getStartupProbe())
        .filter(Objects::nonNull)
        .forEach(ReachOracle::probe);
    if (container.getLifecycle() != null) {
      Stream.of(container.getLifecycle().getPostStart(), container.getLifecycle().getPreStop())
          .filter(Objects::nonNull)
          .forEach(ReachOracle::handler);
    }
  }

  private static void probe(Probe probe) {
    assertThat(probe.getHttpGet() == null ? null : probe.getHttpGet().getHost()).isIn(null, "");
    assertThat(probe.getTcpSocket() == null ? null : probe.getTcpSocket().getHost()).isIn(null, "");
  }

  private static void handler(LifecycleHandler handler) {
    assertThat(handler.getHttpGet() == null ? null : handler.getHttpGet().getHost()).isIn(null, "");
    assertThat(handler.getTcpSocket() == null ? null : handler.getTcpSocket().getHost())
        .isIn(null, "");
  }

  private static void user(@Nullable Long user, @Nullable Boolean nonRoot) {
    assertThat(user).isNotIn(0L);
    assertThat(nonRoot).isNotIn(false);
  }

  private static void resources(@Nullable ResourceRequirements resources) {
    if (resources != null) {
      assertThat(resources.getClaims()).isNullOrEmpty();
      Stream.of(resources.getLimits(), resources.getRequests())
          .filter(Objects::nonNull)
          .forEach(amounts -> assertThat(RESOURCES).containsAll(amounts.keySet()));
    }
  }

  /** Services, Ingresses and pod groups of a driver. */
  static void object(HasMetadata object) {
    switch (object) {
      case Service service -> {
        assertThat(service.getSpec().getType()).isIn(null, "ClusterIP");
        assertThat(service.getSpec().getExternalIPs()).isEmpty();
        assertThat(service.getSpec().getExternalName()).isNull();
        assertThat(annotations(object)).allMatch(key -> key.startsWith("firesteel.io/"));
      }
      case Ingress ingress -> {
        assertThat(ingress.getSpec().getRules())
            .allSatisfy(rule -> assertThat(rule.getHost()).isEqualTo("a.example"));
        assertThat(ingress.getSpec().getTls())
            .allSatisfy(tls -> assertThat(tls.getHosts()).containsOnly("a.example"));
        assertThat(ingress.getSpec().getDefaultBackend()).isNull();
        assertThat(annotations(object))
            .allMatch(key ->
                key.startsWith("firesteel.io/")
                    || key.equals("nginx.ingress.kubernetes.io/rewrite-target"));
      }
      default -> {
        JsonNode tree = JsonCodec.toTree(object);
        assertThat(tree.at("/spec/priorityClassName").isMissingNode()).isTrue();
        assertThat(tree.path("kind").asText())
            .isIn("Pod", "ConfigMap", "PersistentVolumeClaim", "PodDisruptionBudget", "PodGroup");
      }
    }
  }

  private static Set<String> annotations(HasMetadata object) {
    return Objects.requireNonNullElse(
            object.getMetadata().getAnnotations(), Map.<String, String>of())
        .keySet();
  }

  /** Properties by which the driver creates executors. */
  static void property(String key, String value) {
    assertThat(key)
        .doesNotContainPattern("(?i)^spark\\.kubernetes\\.(driver|executor)\\.volumes\\.nfs\\.")
        .doesNotContainPattern("(?i)^spark\\.(driver|executor)\\.resource\\.")
        .doesNotContainPattern("(?i)service\\.annotation\\.")
        .doesNotContain("label.kueue.x-k8s.io/priority-class");
    if (key.endsWith("scheduler.name")) {
      assertThat(value).isIn("volcano", "default-scheduler");
    }
  }
}
