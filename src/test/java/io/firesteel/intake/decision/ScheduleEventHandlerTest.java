package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.job.FailureReason;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleEventHandlerTest {

  private static final Definitions EXAMPLES = SampleDefinitions.examples();
  private static final Path MANIFEST = Path.of("src/test/resources/schedules/aks-manifest.yaml");
  private static final String SCHEDULE =
      """
      {"apiVersion":"firesteel.io/v1alpha1","kind":"JobSchedule","metadata":{"name":"hourly"},
       "spec":{"tenant":"sales","template":"daily-totals","schedule":"0 * * * *",
               "parameters":{"day":"{{scheduledAt.date}}"}}}\
      """;

  @Test
  void appliesAScheduleThatComesAlone() {
    assertThat(applied(SampleMessages.plain(SCHEDULE)).key())
        .isEqualTo(new ScheduleKey("sales", "hourly"));
  }

  @Test
  void appliesAScheduleInACloudEvent() {
    String event =
        """
        {"specversion":"1.0","type":"io.firesteel.schedule.apply.v1","source":"/tests","id":"1",
         "data":%s}\
        """;

    assertThat(applied(SampleMessages.structured(event.formatted(SCHEDULE))).key().name())
        .isEqualTo("hourly");
  }

  @Test
  void appliesTheScheduledSparkApplicationOfATutorial() throws IOException {
    Definitions definitions =
        SampleDefinitions.of(
            """
            apiVersion: firesteel.io/v1alpha1
            kind: Tenant
            metadata: {name: acme}
            spec:
              namespace: default
              maxConcurrency: 1
              allow: {hostPaths: ["/tmp/*"], secrets: [app, my-secret]}
            """);
    JobSchedule schedule = applied(yaml("spark-job-requests", manifest()), definitions);

    assertThat(schedule.key()).isEqualTo(new ScheduleKey("acme", "spark-task"));
    assertThat(schedule.settings().schedules()).containsExactly("0 3 * * *");
    assertThat(schedule.request().at("/spec/mainApplicationFile").asText())
        .isEqualTo("local:///app/aks_executor.py");
  }

  @Test
  void refusesAScheduleWhoseJobsWouldBeRefused() throws IOException {
    assertThat(refusal(yaml("spark-job-requests.sales", manifest())))
        .startsWith("schedules/spark-task: /spec/image: image myacr");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule|\"0 0 30 2 *\"|/spec/schedule: never comes true: no month that it names has such a day; correct day and month",
        "schedule|\"61 * * * *\"|/spec/schedule: 61 is not a minute; use 0 to 59",
        "timeZone|\"Europe/Berln\"|/spec/timeZone: is not a time zone of the IANA database; did you mean Europe/Berlin?",
        "startingDeadline|\"-5m\"|/spec/startingDeadline: must be a duration such as 90s, 15m, 2h or 1d, is \"-5m\"",
        "concurrencyPolicy|\"Forbit\"|/spec/concurrencyPolicy: must be one of Allow, Forbid, Replace, is \"Forbit\"",
        "maxCatchUp|3|/spec/maxCatchUp: is allowed only with catchUp: all",
        "timezone|\"UTC\"|/spec/timezone: is not a known field; did you mean timeZone?",
        "parameters|{\"day\":\"{{scheduledAt.dat}}\"}|/spec/parameters/day: uses {{scheduledAt.dat}}, which is not defined; did you mean scheduledAt.date?",
        "parameters|{\"dayy\":\"{{scheduledAt.date}}\",\"day\":\"2026-01-01\"}|schedules/hourly: /parameters/dayy: is not a parameter of the template; did you mean day?",
        "template|\"dayly-totals\"|schedules/hourly: template dayly-totals is not defined or does not allow tenant sales; did you mean daily-totals?",
        "tenant|\"salse\"|tenant salse is not defined; did you mean sales?",
        "schedules|[\"0 * * * *\"]|/spec: must have either schedule or schedules, has both",
        "application|{}|/spec: must have either template or application, has both",
      })
  void namesTheFieldThatIsWrongAndHowToMendIt(String field, String value, String text) {
    ObjectNode schedule = (ObjectNode) SampleMessages.json(SCHEDULE);
    ((ObjectNode) schedule.get("spec"))
        .set(field, SampleMessages.json("{\"v\":" + value + "}").get("v"));

    assertThat(refusal(SampleMessages.plain(schedule.toString()))).contains(text);
  }

  @Test
  void leavesTheSchedulesOfTheDirectoryAlone() {
    assertThat(refusal(SampleMessages.plain(SCHEDULE.replace("hourly", "nightly-totals"))))
        .isEqualTo(
            "the definitions directory has the schedule nightly-totals; change it there, or use another name");
  }

  @ParameterizedTest
  @CsvSource({
    "delete,Deleted",
    "suspend,Suspended",
    "resume,Resumed",
    "run,RunRequested",
  })
  void passesControlEventsOn(String type, String message) {
    Decision decision =
        decide(
            SampleMessages.plain(
                "{\"type\":\"io.firesteel.schedule.%s.v1\",\"tenant\":\"sales\",\"schedule\":\"hourly\"}"
                    .formatted(type)),
            EXAMPLES);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.AcceptSchedule.class,
            accepted ->
                assertThat(accepted.message().getClass().getSimpleName()).isEqualTo(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schedule\":\"hourly\"}|the request names no tenant; add the field tenant, or send it to the tenant's own topic",
        "{\"tenant\":\"sales\"}|/schedule: is missing; it must be 1 to 200 lower-case letters, digits and inner hyphens or dots",
        "{\"tenant\":\"sales\",\"schedule\":\"hourly\",\"at\":1}|/at: is not a known field",
        "{\"tenant\":\"nobody\",\"schedule\":\"hourly\"}|tenant nobody is not defined",
      })
  void refusesAnInvalidControlEvent(String data, String text) {
    ObjectNode event = (ObjectNode) SampleMessages.json(data);
    event.put("type", "io.firesteel.schedule.run.v1");

    assertThat(refusal(SampleMessages.plain(event.toString()))).contains(text);
  }

  private static JobSchedule applied(ReceivedMessage message) {
    return applied(message, EXAMPLES);
  }

  private static JobSchedule applied(ReceivedMessage message, Definitions definitions) {
    Decision decision = decide(message, definitions);
    assertThat(decision).isInstanceOf(Decision.AcceptSchedule.class);
    return ((ScheduleMessage.Defined) ((Decision.AcceptSchedule) decision).message()).schedule();
  }

  private static String refusal(ReceivedMessage message) {
    Decision decision = decide(message, EXAMPLES);
    assertThat(decision).isInstanceOf(Decision.DeadLetter.class);
    assertThat(((Decision.DeadLetter) decision).rejection().reason())
        .isNotEqualTo(FailureReason.BUG);
    return ((Decision.DeadLetter) decision).rejection().message();
  }

  private static Decision decide(ReceivedMessage message, Definitions definitions) {
    return SampleMessages.HANDLER.decide(message, definitions);
  }

  /** As it is, but for its version of Spark. */
  private static String manifest() throws IOException {
    return Files.readString(MANIFEST).replace("3.4.2", "3.5.7");
  }

  private static ReceivedMessage yaml(String topic, String text) {
    return SampleMessages.of(topic, Map.of("content-type", "application/yaml"), text);
  }
}
