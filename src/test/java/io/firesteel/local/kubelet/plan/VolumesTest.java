package io.firesteel.local.kubelet.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VolumesTest {

  private final Volumes volumes =
      new Volumes(
          SamplePods.facts(),
          new FakeNamespaceObjects()
              .withConfigMap("settings", Map.of("a", "1", "b", "2"))
              .withSecret("door", Map.of("token", "sesame")));

  @Test
  void containsEveryKeyOfAConfigMap() {
    assertThat(texts(volume().withNewConfigMap().withName("settings").endConfigMap().build()))
        .isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void containsOnlyTheListedItemsWithTheirModes() {
    var volume =
        volume()
            .withNewSecret()
            .withSecretName("door")
            .withDefaultMode(0400)
            .withItems(new KeyToPath("token", 0440, "deep/key"))
            .endSecret()
            .build();

    assertThat(volumes.resolve(volume))
        .isInstanceOfSatisfying(
            VolumeContent.Files.class,
            content ->
                assertThat(content.files())
                    .hasEntrySatisfying(
                        "deep/key", fileContent -> assertThat(fileContent.mode()).isEqualTo(0440)));
  }

  @Test
  void reportsMissingReferencesInTheKubeletsWords() {
    assertThat(volumes.resolve(volume().withNewSecret().withSecretName("gone").endSecret().build()))
        .isEqualTo(
            new VolumeContent.Missing(
                "MountVolume.SetUp failed for volume \"v\" : secret \"gone\" not found"));
    assertThat(
            volumes.resolve(
                volume()
                    .withNewConfigMap()
                    .withName("settings")
                    .addNewItem("x", null, "x")
                    .endConfigMap()
                    .build()))
        .isEqualTo(
            new VolumeContent.Missing(
                "MountVolume.SetUp failed for volume \"v\" : references non-existent config key: x"));
    assertThat(volumes.resolve(volume().withNewPersistentVolumeClaim("gone", false).build()))
        .isInstanceOf(VolumeContent.Missing.class);
  }

  @Test
  void isEmptyForAMissingOptionalReference() {
    assertThat(
            texts(
                volume()
                    .withNewConfigMap()
                    .withName("gone")
                    .withOptional(true)
                    .endConfigMap()
                    .build()))
        .isEmpty();
  }

  @Test
  void rejectsPathsThatLeaveTheVolume() {
    for (var path : new String[] {"../x", "/etc/x", "a/../../x", "."}) {
      var volume =
          volume()
              .withNewConfigMap()
              .withName("settings")
              .addNewItem("a", null, path)
              .endConfigMap()
              .build();

      assertThat(volumes.resolve(volume)).as(path).isInstanceOf(VolumeContent.Missing.class);
    }
  }

  @Test
  void mergesTheSourcesOfAProjectedVolume() {
    var volume =
        volume()
            .withNewProjected()
            .addNewSource()
            .withNewConfigMap()
            .withName("settings")
            .addNewItem("a", null, "conf/a")
            .endConfigMap()
            .endSource()
            .addNewSource()
            .withNewSecret()
            .withName("door")
            .endSecret()
            .endSource()
            .addNewSource()
            .withNewDownwardAPI()
            .addNewItem()
            .withPath("labels")
            .withNewFieldRef("v1", "metadata.labels")
            .endItem()
            .endDownwardAPI()
            .endSource()
            .endProjected()
            .build();

    assertThat(texts(volume))
        .isEqualTo(Map.of("conf/a", "1", "token", "sesame", "labels", "team=\"blue\"\n"));
  }

  @Test
  void supportsEmptyDirClaimAndHostPath() {
    assertThat(volumes.resolve(volume().withNewEmptyDir().endEmptyDir().build()))
        .isEqualTo(new VolumeContent.EmptyDir());
    assertThat(volumes.resolve(volume().withNewPersistentVolumeClaim("claimed", false).build()))
        .isEqualTo(new VolumeContent.Claim("claimed"));
    assertThat(volumes.resolve(volume().withNewHostPath("/tmp", "Directory").build()))
        .isInstanceOf(VolumeContent.HostPath.class);
    assertThat(volumes.resolve(volume().withNewHostPath("/no/such", "Directory").build()))
        .isInstanceOfSatisfying(
            VolumeContent.Missing.class,
            missing -> assertThat(missing.message()).contains("is not a directory"));
  }

  private Map<String, String> texts(Volume volume) {
    var texts = new TreeMap<String, String>();
    if (volumes.resolve(volume) instanceof VolumeContent.Files(var files)) {
      files.forEach((path, fileContent) -> texts.put(path, new String(fileContent.bytes(), UTF_8)));
      return texts;
    }
    throw new AssertionError(volumes.resolve(volume));
  }

  private static VolumeBuilder volume() {
    return new VolumeBuilder().withName("v");
  }
}
