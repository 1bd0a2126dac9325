package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The settings of the channels from Kafka. */
final class ChannelsTest {

  /**
   * The connector would parse a message with the content type of CloudEvents itself. The consumers
   * take bytes, so that one such message would end a channel for good.
   */
  @Test
  void noChannelParsesCloudEvents() throws IOException {
    Properties settings = new Properties();
    try (Reader reader =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      settings.load(reader);
    }
    List<String> channels =
        settings.stringPropertyNames().stream()
            .filter(name -> name.matches("mp\\.messaging\\.incoming\\.[^.]+\\.connector"))
            .map(name -> name.replace(".connector", ""))
            .toList();

    assertThat(channels)
        .hasSizeGreaterThan(2)
        .allSatisfy(channel ->
            assertThat(settings.getProperty(channel + ".cloud-events"))
                .as(channel)
                .isEqualTo("false"));
  }
}
