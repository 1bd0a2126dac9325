package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.driver.submit.PodLabels;
import io.firesteel.kafka.TestBroker;
import io.firesteel.local.kafka.RunningBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void isReadFromKafka(@TempDir Path folder) {
    Exit.setExitProcedure((status, _) -> assertThat(status).isZero());
    try (RunningBroker broker = TestBroker.start(folder)) {
      Map<String, Object> kafka =
          Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());

      assertThat(InstallationId.read(kafka, "dev-"))
          .isEqualTo(InstallationId.read(kafka, "dev-"))
          .isNotEqualTo(InstallationId.read(kafka, ""));
    } finally {
      Exit.resetExitProcedure();
    }
  }
}
