package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuildResult;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.DriverObjects;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Job;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that is built for a job, by Kubernetes' own types and with no knowledge of
 * the code that should have refused it. The room is that of {@link PolicyProperties}.
 */
final class PolicyOracle {

  private static final String IMAGE = "(spark:|good/).*";
  private static final String SECRET = "acme-.*";

  private PolicyOracle() {}

  static void assertInside(Job job) {
    DriverObjects objects = build(job);
    List<HasMetadata> all =
        Stream.of(List.of(objects.pod()), objects.prerequisites(), objects.owned())
            .<HasMetadata>flatMap(List::stream)
            .toList();
    Pod executors = executors(all);

    assertThat(job.placement().namespace()).isEqualTo("acme-jobs");
    assertThat(all).allSatisfy(o -> metadata(o.getMetadata()));
    assertThat(all)
        .allSatisfy(o -> assertThat(o.getMetadata().getNamespace()).isEqualTo("acme-jobs"));
    assertThat(around(all.stream().map(JsonCodec::toTree).toList().toString())).isEmpty();
    metadata(executors.getMetadata());
    assertThat(executors.getMetadata().getNamespace()).isIn(null, "acme-jobs");
    pod(objects.pod().getSpec());
    pod(executors.getSpec());
    all.stream()
        .filter(Ingress.class::isInstance)
        .map(Ingress.class::cast)
        .forEach(PolicyOracle::ingress);
    all.forEach(ReachOracle::object);
    properties(all);
    optionsComeAfterTheFile(objects.pod().getSpec().getContainers());
  }

  private static void metadata(ObjectMeta metadata) {
    assertThat(metadata.getFinalizers()).isEmpty();
    assertThat(metadata.getOwnerReferences()).isEmpty();
  }

  private static void pod(PodSpec pod) {
    ReachOracle.pod(pod);
    assertThat(pod.getServiceAccountName()).isEqualTo("runner");
    assertThat(pod.getServiceAccount()).isIn(null, "runner");
    assertThat(List.of(yes(pod.getHostNetwork()), yes(pod.getHostPID()), yes(pod.getHostIPC())))
        .containsOnly(false);
    if (pod.getSecurityContext() != null) {
      assertThat(pod.getSecurityContext().getSysctls()).isEmpty();
      assertThat(pod.getSecurityContext().getSeLinuxOptions()).isIn(null, new SELinuxOptions());
      if (pod.getSecurityContext().getSeccompProfile() != null) {
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
            .isNotEqualTo("Unconfined");
      }
    }
    secrets(pod.getImagePullSecrets().stream().map(LocalObjectReference::getName));
    pod.getVolumes().forEach(PolicyOracle::volume);
    Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
        .forEach(PolicyOracle::container);
    assertThat(pod.getEphemeralContainers()).isEmpty();
  }

  private static void volume(Volume volume) {
    if (volume.getHostPath() != null) {
      assertThat(Path.of(volume.getHostPath().getPath()).normalize())
          .startsWithRaw(Path.of("/good"));
    }
    if (volume.getSecret() != null) {
      secrets(Stream.of(volume.getSecret().getSecretName()));
    }
    if (volume.getProjected() != null) {
      secrets(
          volume.getProjected().getSources().stream()
              .filter(source -> source.getSecret() != null)
              .map(source -> source.getSecret().getName()));
    }
    if (volume.getImage() != null && volume.getImage().getReference() != null) {
      assertThat(volume.getImage().getReference()).matches(IMAGE);
    }
  }

  /** The image of Spark's container in the executors' template comes from a property. */
  private static void container(Container container) {
    if (container.getImage() != null) {
      assertThat(container.getImage()).matches(IMAGE);
    }
    assertThat(container.getPorts())
        .allSatisfy(port -> assertThat(port.getHostPort()).isIn(null, 0));
    secrets(
        container.getEnv().stream()
            .map(env -> env.getValueFrom())
            .filter(from -> from != null && from.getSecretKeyRef() != null)
            .map(from -> from.getSecretKeyRef().getName()));
    secrets(
        container.getEnvFrom().stream()
            .filter(from -> from.getSecretRef() != null)
            .map(from -> from.getSecretRef().getName()));
    SecurityContext security = container.getSecurityContext();
    if (security != null) {
      assertThat(
              List.of(yes(security.getPrivileged()), yes(security.getAllowPrivilegeEscalation())))
          .containsOnly(false);
      assertThat(security.getProcMount()).isIn(null, "Default");
      assertThat(security.getSeLinuxOptions()).isIn(null, new SELinuxOptions());
      if (security.getCapabilities() != null) {
        assertThat(security.getCapabilities().getAdd()).isEmpty();
      }
    }
  }

  private static void ingress(Ingress ingress) {
    secrets(ingress.getSpec().getTls().stream().map(tls -> tls.getSecretName()));
  }

  private static void secrets(Stream<@Nullable String> names) {
    assertThat(names.filter(Objects::nonNull)).allMatch(name -> name.matches(SECRET));
  }

  private static void properties(List<HasMetadata> all) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(data(all, "spark.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(properties)
        .containsEntry("spark.master", "k8s://https://kubernetes.default.svc")
        .containsEntry("spark.kubernetes.namespace", "acme-jobs")
        .containsEntry("spark.kubernetes.authenticate.driver.serviceAccountName", "runner")
        .containsEntry("spark.kubernetes.authenticate.executor.serviceAccountName", "runner");
    properties.stringPropertyNames().forEach(key -> property(key, properties.getProperty(key)));
  }

  private static void property(String key, String value) {
    assertThat(key).matches("spark\\.[!-~]+");
    ReachOracle.property(key, value);
    if (key.endsWith("container.image")) {
      assertThat(value).matches(IMAGE).doesNotContain("${");
    }
    if (key.contains(".secrets.")) {
      assertThat(key.substring(key.indexOf(".secrets.") + 9)).matches(SECRET);
    }
    if (key.contains(".secretKeyRef.") || key.endsWith("image.pullSecrets")) {
      assertThat(List.of(value.split(",", -1))).allMatch(name -> name.matches(SECRET));
    }
    if (key.contains(".volumes.hostPath.") && key.endsWith(".options.path")) {
      assertThat(Path.of(value).normalize()).startsWithRaw(Path.of("/good"));
    }
    if (key.endsWith("avaOptions")) {
      assertThat(value).doesNotContainPattern("(?i)-D\\W*spark");
    }
  }

  /** Whatever stands behind the main file goes to the application, never to spark-submit. */
  private static void optionsComeAfterTheFile(List<Container> containers) {
    for (Container container : containers) {
      List<String> args = container.getArgs();
      int option = args.indexOf("--conf");
      if (option >= 0) {
        assertThat(args.subList(0, option)).anyMatch(arg -> arg.contains(":/"));
      }
      assertThat(args).noneMatch(arg -> arg.startsWith("$("));
    }
  }

  private static String around(String text) {
    int at = text.toLowerCase(Locale.ROOT).indexOf("evil");
    return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
  }

  private static Pod executors(List<HasMetadata> all) {
    return Serialization.unmarshal(data(all, "podspec-configmap-key"), Pod.class);
  }

  private static String data(List<HasMetadata> all, String key) {
    var found = new ArrayList<String>();
    for (HasMetadata object : all) {
      if (object instanceof ConfigMap map && map.getData().containsKey(key)) {
        found.add(map.getData().get(key));
      }
    }
    assertThat(found).as(key).hasSize(1);
    return found.getFirst();
  }

  private static boolean yes(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static DriverObjects build(Job job) {
    var driver =
        new DesiredDriver(
            new Attempt(job.key(), 1, 1),
            job.cohort(),
            job.placement(),
            null,
            false,
            job.labels(),
            null,
            job.spec());
    return switch (DriverBuilder.build(driver, Creation.forDryRun(driver.attempt(), 0))) {
      case DriverBuildResult.Built(DriverObjects objects, _, _) -> objects;
      case DriverBuildResult.Unbuildable(var errors) -> throw new AssertionError(errors);
    };
  }
}
