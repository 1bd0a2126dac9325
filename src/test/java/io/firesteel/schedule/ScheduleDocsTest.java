package io.firesteel.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.decision.AskHandler;
import io.firesteel.intake.decision.Decision;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.firesteel.schedule.core.ScheduleMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/schedules.md} runs a job at its time, as the page says. */
final class ScheduleDocsTest {

  private static final Topics TOPICS = new Topics("");

  @Test
  void theExampleRequestsAJobAtItsTime() throws IOException {
    String page = Files.readString(Path.of("docs/schedules.md"));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    Definitions definitions =
        SampleDefinitions.of(page.substring(begin, page.indexOf("```", begin)));
    assertThat(definitions.errors()).isEmpty();

    Decision decision =
        AskHandler.decide(
            SampleMessages.of("firesteel-asks", Map.of(), ask(definitions)), definitions);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Accept.class,
            accepted -> {
              var job = ((InboxMessage.JobSubmitted) accepted.message()).job();
              assertThat(job.key()).hasToString("numbers/s-nightly-pi-20261122T013000Z");
              assertThat(job.spec().get("arguments").toString())
                  .isEqualTo("[\"2\",\"2026-11-21\",\"never\"]");
            });
  }

  private static byte[] ask(Definitions definitions) {
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            ScheduleTopology.build(
                TOPICS, EventSchemas.ENCODER, new ScheduleMetrics(new SimpleMeterRegistry())),
            new Properties(),
            Instant.parse("2026-11-21T22:00:00Z"))) {
      var schedules =
          driver.createInputTopic(
              TOPICS.schedules(), new StringSerializer(), new ByteArraySerializer());
      definitions
          .schedules()
          .values()
          .forEach(schedule ->
              schedules.pipeInput(
                  schedule.key().tenant(),
                  JsonCodec.write(new ScheduleMessage.Defined(schedule, null))));
      driver.advanceWallClockTime(Duration.ofMinutes(210));
      byte[] ask = new TopologyOutput(driver).records(TOPICS.asks()).getFirst().value();
      assertThat(JsonCodec.read(ask, Ask.class)).isInstanceOf(Ask.JobAsked.class);
      return ask;
    }
  }
}
