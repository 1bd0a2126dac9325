package io.firesteel.intake.decision;

import static io.firesteel.intake.SampleMessages.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GeneratedJobIdTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          pi                 , pi-[0-9a-f]{16}
          Team/A's job.2-    , Team-A-s-job.2-[0-9a-f]{16}
          ---                , j-[0-9a-f]{20}
          """)
  void isTheNameOfTheManifestAndAHashOfTheEvent(String name, String id) {
    assertThat(jobId("0", name)).matches(id).isEqualTo(jobId("0", name));
    assertThat(jobId("1", name)).matches(id).isNotEqualTo(jobId("0", name));
  }

  @ParameterizedTest
  @CsvSource({"63", "64", "500"})
  void isShortEvenIfTheNameIsNot(int length) {
    assertThat(jobId("0", "n".repeat(length))).matches("n{63}-[0-9a-f]{16}");
  }

  private static String jobId(String event, String name) {
    String manifest =
        """
        {"apiVersion":"sparkoperator.k8s.io/v1beta2","kind":"SparkApplication",
         "metadata":{"name":"%s","annotations":{"firesteel.io/tenant":"sales"}},
         "spec":%s}
        """
            .formatted(name, SPEC);
    var message =
        SampleMessages.of(
            "spark-job-requests",
            Map.of(
                "ce_specversion", "1.0",
                "ce_type", "io.firesteel.job.request.v1",
                "ce_source", "/tests",
                "ce_id", event,
                "content-type", "application/json"),
            manifest);
    return switch (SampleMessages.decide(message)) {
      case Decision.Accept(_, InboxMessage.JobSubmitted(var job)) -> job.key().id();
      case Decision decision -> throw new AssertionError(decision);
    };
  }
}
