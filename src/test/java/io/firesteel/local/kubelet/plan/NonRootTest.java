package io.firesteel.local.kubelet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonRootTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # nonRoot of pod, user of pod, nonRoot of container, user of container, root image, refusal
          true ,       ,       ,   , true , image will run as root
          true ,       ,       ,   , false,
          true , 65534 ,       ,   , true ,
          true ,       ,       , 7 , true ,
          true , 65534 ,       , 0 , true , container's runAsUser breaks non-root policy
          true ,       , false ,   , true ,
               ,       ,       ,   , true ,
               ,       , true  ,   , true , image will run as root
          """)
  void refusesARootUserWhereThePodForbidsIt(
      @Nullable Boolean podNonRoot,
      @Nullable Long podUser,
      @Nullable Boolean nonRoot,
      @Nullable Long user,
      boolean rootImage,
      @Nullable String refusal) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .withNamespace("n")
            .withUid("u")
            .endMetadata()
            .withNewSpec()
            .withNewSecurityContext()
            .withRunAsNonRoot(podNonRoot)
            .withRunAsUser(podUser)
            .endSecurityContext()
            .endSpec()
            .build();
    Container container =
        new ContainerBuilder()
            .withName("c")
            .withNewSecurityContext()
            .withRunAsNonRoot(nonRoot)
            .withRunAsUser(user)
            .endSecurityContext()
            .build();

    assertThat(NonRoot.refusal(pod, container, rootImage).orElse(null))
        .satisfies(text -> {
          if (refusal == null) {
            assertThat(text).isNull();
          } else {
            assertThat(text).contains(refusal, "(pod: \"p_n(u)\", container: c)");
          }
        });
  }
}
