package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.SampleRequests;
import io.firesteel.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ports, files, topics and tools of the README exist. */
final class ReadmeTest {

  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final LaptopOptions LAPTOP =
      LaptopOptions.onDefaultPorts(HOME, HOME.resolve("target/laptop"));

  @Test
  void theBrokerIsWhereUpStartsIt() throws IOException {
    assertThat(shown("--bootstrap-server (\\S+)"))
        .isNotEmpty()
        .containsOnly("localhost:" + LAPTOP.kafkaPort());
  }

  @Test
  void kubectlReadsTheFileThatUpWrites() throws IOException {
    assertThat(shown("--kubeconfig (target/\\S+)"))
        .containsOnly(HOME.relativize(LAPTOP.kubeconfig()).toString());
  }

  @Test
  void everyTopicIsOneOfTheContract() throws IOException {
    String contract = Files.readString(Path.of("schemas/asyncapi.yaml"));

    assertThat(shown("(spark-job-[a-z-]+)"))
        .hasSizeGreaterThan(3)
        .allSatisfy(topic -> assertThat(contract).contains("address: " + topic + "\n"));
  }

  @Test
  void everyToolOfKafkasIsOneOfTheLaunchers() throws IOException {
    String launcher = Files.readString(Path.of("firesteel"));

    assertThat(shown("firesteel kafka ([a-z-]+)"))
        .isNotEmpty()
        .allSatisfy(tool -> assertThat(launcher).contains("    " + tool + ") main="));
  }

  @Test
  void theMessageThatCancelsIsACancellationOfTheJobThatSleeps() throws IOException {
    JsonNode sleeps = new SampleRequests(HOME, HOME).sleeps("globex", "sleeps", 600);
    List<String> messages = shown("echo '(\\{[^']+\\})'");

    assertThat(messages).hasSize(1);
    ObjectNode message = (ObjectNode) new ObjectMapper().readTree(messages.getFirst());
    assertThat(message.remove("type").asText()).isEqualTo("io.firesteel.job.cancel.v1");
    assertThat(Schemas.problems("job-cancel.v1.json", message)).isEmpty();
    assertThat(message.get("tenant")).isEqualTo(sleeps.get("tenant"));
    assertThat(message.get("jobId")).isEqualTo(sleeps.get("jobId"));
  }

  private static List<String> shown(String pattern) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Stream<MatchResult> found = Pattern.compile(pattern).matcher(readme).results();
    return found.map(match -> match.group(1)).toList();
  }
}
