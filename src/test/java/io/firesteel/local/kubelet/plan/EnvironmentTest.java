package io.firesteel.local.kubelet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  private final FakeNamespaceObjects sources =
      new FakeNamespaceObjects()
          .withConfigMap("settings", Map.of("level", "high", "bad=name", "x"))
          .withSecret("door", Map.of("token", "sesame"));

  @Test
  void expandsOnlyEarlierVariables() {
    var container =
        container()
            .addNewEnv()
            .withName("A")
            .withValue("1")
            .endEnv()
            .addNewEnv()
            .withName("B")
            .withValue("$(A)-$(C)-$$(A)-$A-$(")
            .endEnv()
            .addNewEnv()
            .withName("C")
            .withValue("3")
            .endEnv()
            .build();

    assertThat(values(container)).containsEntry("B", "1-$(C)-$(A)-$A-$(");
  }

  @Test
  void readsWholeConfigMapsAndSecretsWithAPrefixAndPrefersEnv() {
    var container =
        container()
            .addNewEnvFrom()
            .withPrefix("S_")
            .withNewConfigMapRef("settings", false)
            .endEnvFrom()
            .addNewEnvFrom()
            .withNewSecretRef("door", null)
            .endEnvFrom()
            .addNewEnvFrom()
            .withNewSecretRef("nowhere", true)
            .endEnvFrom()
            .addNewEnv()
            .withName("token")
            .withValue("mine")
            .endEnv()
            .build();

    assertThat(values(container))
        .containsExactlyInAnyOrderEntriesOf(Map.of("S_level", "high", "token", "mine"));
  }

  @Test
  void resolvesTheDownwardApi() {
    var container =
        container()
            .addNewEnv()
            .withName("IP")
            .withNewValueFrom()
            .withNewFieldRef("v1", "status.podIP")
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("TEAM")
            .withNewValueFrom()
            .withNewFieldRef("v1", "metadata.labels['team']")
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("NODE")
            .withNewValueFrom()
            .withNewFieldRef("v1", "spec.nodeName")
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("MIB")
            .withNewValueFrom()
            .withNewResourceFieldRef()
            .withDivisor(new Quantity("1Mi"))
            .withResource("limits.memory")
            .endResourceFieldRef()
            .endValueFrom()
            .endEnv()
            .build();

    assertThat(values(container))
        .containsEntry("IP", "127.42.1.1")
        .containsEntry("TEAM", "blue")
        .containsEntry("NODE", "laptop")
        .containsEntry("MIB", "1024");
  }

  @Test
  void reportsMissingReferencesInTheKubeletsWords() {
    assertThat(missing(secretRef("gone", "token", null))).isEqualTo("secret \"gone\" not found");
    assertThat(missing(secretRef("door", "key", false)))
        .isEqualTo("couldn't find key key in Secret default/door");
    assertThat(missing(configMapRef("gone", "key"))).isEqualTo("configmap \"gone\" not found");
    assertThat(missing(configMapRef("settings", "key")))
        .isEqualTo("couldn't find key key in ConfigMap default/settings");
  }

  @Test
  void omitsMissingOptionalReferences() {
    assertThat(values(secretRef("gone", "token", true))).isEmpty();
    assertThat(values(secretRef("door", "key", true))).isEmpty();
  }

  @Test
  void neverShowsValuesWhenPrinted() {
    var ready = Environment.resolve(SamplePods.facts(), secretRef("door", "token", null), sources);

    assertThat(ready.toString()).contains("X").doesNotContain("sesame");
  }

  private Map<String, String> values(Container container) {
    return switch (Environment.resolve(SamplePods.facts(), container, sources)) {
      case Environment.Resolved(var values) -> values;
      case Environment.Missing(var message) -> throw new AssertionError(message);
    };
  }

  private String missing(Container container) {
    return switch (Environment.resolve(SamplePods.facts(), container, sources)) {
      case Environment.Resolved resolved -> throw new AssertionError(resolved);
      case Environment.Missing(var message) -> message;
    };
  }

  private static Container secretRef(String name, String key, @Nullable Boolean optional) {
    return container()
        .addNewEnv()
        .withName("X")
        .withNewValueFrom()
        .withNewSecretKeyRef(key, name, optional)
        .endValueFrom()
        .endEnv()
        .build();
  }

  private static Container configMapRef(String name, String key) {
    return container()
        .addNewEnv()
        .withName("X")
        .withNewValueFrom()
        .withNewConfigMapKeyRef(key, name, null)
        .endValueFrom()
        .endEnv()
        .build();
  }

  private static ContainerBuilder container() {
    return new ContainerBuilder()
        .withName("main")
        .withNewResources()
        .withLimits(Map.of("memory", new Quantity("1Gi")))
        .endResources();
  }
}
