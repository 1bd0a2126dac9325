package io.firesteel.local.kubernetes;

import static io.firesteel.local.kubernetes.ApiServerFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A limit range like that of {@code k8s/tenant}, as Kubernetes 1.34 applies it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitRangeTest {

  private final ApiServerFixture cluster = ApiServerFixture.start();

  @BeforeAll
  void limit() {
    cluster
        .client()
        .resource(
            new LimitRangeBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("spark")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .withDefaultRequest(quantities("500m", "1Gi"))
                .withDefault(Map.of("memory", new Quantity("1Gi")))
                .withMax(quantities("16", "64Gi"))
                .endLimit()
                .endSpec()
                .build())
        .create();
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void containersGetTheDefaultsAndTheMaximumAsTheirLimit() {
    ResourceRequirements resources = create("plain", Map.of());

    assertThat(resources.getRequests()).isEqualTo(quantities("500m", "1Gi"));
    assertThat(resources.getLimits()).isEqualTo(quantities("16", "1Gi"));
  }

  @Test
  void whatAContainerSaysItselfStays() {
    ResourceRequirements resources = create("own", Map.of("cpu", new Quantity("2")));

    assertThat(resources.getRequests()).isEqualTo(quantities("2", "1Gi"));
  }

  @Test
  void aRequestAboveTheDefaultLimitIsInvalid() {
    assertThatThrownBy(() -> create("large", Map.of("cpu", new Quantity("32"))))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("must be less than or equal to cpu limit of 16");
  }

  private ResourceRequirements create(String name, Map<String, Quantity> requests) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("busybox:1")
            .withNewResources()
            .withRequests(requests)
            .endResources()
            .endContainer()
            .endSpec()
            .build();
    return cluster
        .client()
        .resource(pod)
        .create()
        .getSpec()
        .getContainers()
        .getFirst()
        .getResources();
  }

  private static Map<String, Quantity> quantities(String cpu, String memory) {
    return Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory));
  }
}
