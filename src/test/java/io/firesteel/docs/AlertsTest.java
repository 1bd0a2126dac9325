package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operate.md says what to do on every alert. */
final class AlertsTest {

  private static final Path MONITORING = Path.of("k8s/components/monitoring");

  @Test
  void everyAlertHasASectionInTheRunbook() throws IOException {
    String guide = Files.readString(Path.of("docs/operate.md"));
    List<String> headings =
        Pattern.compile("(?m)^### (Firesteel\\w+)$")
            .matcher(guide)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(headings).isEqualTo(alerts().findValuesAsText("alert"));
  }

  private static JsonNode alerts() throws IOException {
    return new YAMLMapper().readTree(MONITORING.resolve("alerts.yaml").toFile());
  }
}
