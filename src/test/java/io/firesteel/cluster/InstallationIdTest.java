package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.driver.submit.PodLabels;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class InstallationIdTest {

  private static final String KAFKA = "MkU3OEVBNTcwNTJENDM2Qg";

  /** A different id would orphan every driver of every installation. */
  @Test
  void neverChanges() {
    assertThat(InstallationId.of(KAFKA, "")).isEqualTo("cdb82ea12b");
    assertThat(InstallationId.of(KAFKA, "dev-")).isEqualTo("270bae333e");
  }

  @Test
  void differsByKafkaClusterAndByPrefix() {
    assertThat(
            Stream.of(
                InstallationId.of(KAFKA, ""),
                InstallationId.of(KAFKA, "dev-"),
                InstallationId.of("another", "dev-")))
        .doesNotHaveDuplicates()
        .allMatch(PodLabels::isValidValue);
  }
}
