package io.firesteel.local.kubelet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark",
        "apache/spark:4.1.1",
        "registry.example.com:5000/team/my-spark-job:2026-01-01",
        "ghcr.io/Team1/spark@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void runsSparkForImagesWithSparkInTheirName(String name) {
    assertThat(Image.of(name.toLowerCase(Locale.ROOT))).isEqualTo(new Image.Spark());
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox", "docker.io/library/busybox:1.37", "sparse/tools:1"})
  void runsOtherImagesAsPlainProcesses(String name) {
    assertThat(Image.of(name)).isInstanceOf(Image.Plain.class);
  }

  @ParameterizedTest
  @CsvSource({
    "busybox:1, true",
    "docker.io/library/busybox:1.37, true",
    "busybox:nonroot, false",
    "registry.example.com/tools/shell:1, false"
  })
  void knowsWhoseUserIsRoot(String name, boolean root) {
    assertThat(Image.of(name)).isEqualTo(new Image.Plain(root));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"apache/spark:missing", "registry.invalid/spark", "registry.invalid/team/x:1"})
  void cannotPullWhatIsSaidToBeMissing(String name) {
    assertThat(Image.of(name))
        .isInstanceOfSatisfying(
            Image.Unpullable.class, image -> assertThat(image.message()).contains(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Not A Name", "apache/Spark", "spark:", "spark:a b", "-x"})
  void knowsWhatIsNoName(String name) {
    assertThat(Image.of(name)).isInstanceOf(Image.InvalidName.class);
  }
}
