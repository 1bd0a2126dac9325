package io.firesteel.intake.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.decision.Decision;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.json.JsonCodec;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too large is refused to its sender, who hears what is and how large it may be. */
final class MaxJobSizeTest {

  private static final int QUOTES = 2;

  /** Fillers of one character that JSON writes with so many bytes. */
  @ParameterizedTest
  @CsvSource({"x,1", "\\\\,2", "\\n,2", "\\u0001,6", "é,2", "€,3", "😀,12"})
  void countsCorrelationAsItIsWritten(String filler, int bytes) {
    int most = (MaxJobSize.MAX_CORRELATION_BYTES - QUOTES) / bytes;

    assertThat(correlated(filler.repeat(most))).isInstanceOf(Decision.Accept.class);
    Rejection rejection = refused(correlated(filler.repeat(most + 1))).rejection();
    assertThat(rejection.reason()).isEqualTo(FailureReason.REQUEST_INVALID);
    assertThat(rejection.message())
        .isEqualTo(
            "/correlation: has %d bytes as JSON, the limit is 65536; put large data in an object store and its URL here"
                .formatted(bytes * (most + 1) + QUOTES));
  }

  @Test
  void handsNothingBackThatIsTooLarge() {
    var refused = refused(correlated("x".repeat(70_000)));

    assertThat(refused.message().origin().correlation()).isNull();
  }

  @Test
  void takesAJobUpToTheLimitAndNotOneByteMore() {
    int room = InboxMessage.MAX_BYTES - size(accepted(noted("")));

    assertThat(size(accepted(noted("x".repeat(room))))).isEqualTo(InboxMessage.MAX_BYTES);
    var rejection = refused(noted("x".repeat(room + 1))).rejection();
    assertThat(rejection.reason()).isEqualTo(FailureReason.MESSAGE_TOO_LARGE);
    assertThat(rejection.message())
        .startsWith(
            "the job has 524289 bytes as JSON with all defaults, the limit is 524288; /spec has ")
        .endsWith("; put large data in an object store and its URL in the request");
  }

  @Test
  void countsAJobAsItIsWrittenAndNotAsItCame() {
    assertThat(refused(noted("😀".repeat(44_000))).rejection().reason())
        .isEqualTo(FailureReason.MESSAGE_TOO_LARGE);
  }

  @Test
  void namesThePartThatIsLargest() {
    String ids =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"%03d%s\"".formatted(i, "😀".repeat(250)))
            .collect(Collectors.joining(","));
    var decision =
        SampleMessages.decide(
            SampleMessages.plain(
                "{\"tenant\":\"sales\",\"jobId\":\"big\",\"dependsOn\":[%s],\"spec\":%s}"
                    .formatted(ids, spec("x".repeat(250_000)))));

    assertThat(refused(decision).rejection().message()).contains("; /dependsOn has ");
  }

  @Test
  void cutsAReasonThatIsTooLong() {
    assertThat(new Rejection(FailureReason.SPEC_INVALID, "x".repeat(5000)).message())
        .hasSize(4096)
        .endsWith("x…");
  }

  private static Decision correlated(String text) {
    return SampleMessages.decide(
        SampleMessages.plain(
            "{\"tenant\":\"sales\",\"correlation\":\"%s\",\"spec\":%s}"
                .formatted(text, SampleMessages.SPEC)));
  }

  private static Decision noted(String text) {
    return SampleMessages.decide(
        SampleMessages.plain(
            "{\"tenant\":\"sales\",\"jobId\":\"big\",\"spec\":%s}".formatted(spec(text))));
  }

  private static String spec(String note) {
    return SampleMessages.SPEC.replaceFirst(
        "\\{", "{\"sparkConf\":{\"spark.note\":\"" + note + "\"},");
  }

  private static Job accepted(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.JobSubmitted) ((Decision.Accept) decision).message()).job();
  }

  private static Decision.Reject refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Reject.class);
    return (Decision.Reject) decision;
  }

  private static int size(Job job) {
    return JsonCodec.write(new InboxMessage.JobSubmitted(job)).length;
  }
}
