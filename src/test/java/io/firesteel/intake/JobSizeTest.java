package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Job;
import io.firesteel.kafka.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too large is refused to its sender, who hears what is and how large it may be. */
final class JobSizeTest {

  private static final int QUOTES = 2;

  /** Fillers of one character that JSON writes with so many bytes. */
  @ParameterizedTest
  @CsvSource({"x,1", "\\\\,2", "\\n,2", "\\u0001,6", "é,2", "€,3", "😀,12"})
  void countsCorrelationAsItIsWritten(String filler, int bytes) {
    int most = (JobSize.LARGEST_CORRELATION - QUOTES) / bytes;

    assertThat(correlated(filler.repeat(most))).isInstanceOf(Decision.Accept.class);
    assertThat(refused(correlated(filler.repeat(most + 1))).reason())
        .isEqualTo(
            new Reason(
                ErrorCode.REQUEST_INVALID,
                "/correlation: has %d bytes as JSON and may have 65536; put large data in a store and its address here"
                    .formatted(bytes * (most + 1) + QUOTES)));
  }

  @Test
  void handsNothingBackThatIsTooLarge() {
    var refused = refused(correlated("x".repeat(70_000)));

    assertThat(refused.answer().origin().correlation()).isNull();
  }

  @Test
  void takesAJobUpToTheLimitAndNotOneByteMore() {
    int room = InboxMessage.LARGEST - size(accepted(noted("")));

    assertThat(size(accepted(noted("x".repeat(room))))).isEqualTo(InboxMessage.LARGEST);
    assertThat(refused(noted("x".repeat(room + 1))).reason())
        .isEqualTo(
            new Reason(
                ErrorCode.MESSAGE_TOO_LARGE,
                "/spec: has 523839 bytes as JSON, all defaults filled in, which makes a job of 524289 bytes; it may have 524288, so put large data in a store and its address in the request"));
  }

  @Test
  void countsAJobAsItIsWrittenAndNotAsItCame() {
    assertThat(refused(noted("😀".repeat(44_000))).reason().code())
        .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
  }

  @Test
  void namesThePartThatIsLargest() {
    String ids =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"%03d%s\"".formatted(i, "😀".repeat(250)))
            .collect(Collectors.joining(","));
    var decision =
        Messages.decide(
            Messages.plain(
                "{\"tenant\":\"sales\",\"jobId\":\"big\",\"dependsOn\":[%s],\"spec\":%s}"
                    .formatted(ids, spec("x".repeat(250_000)))));

    assertThat(refused(decision).reason().text()).startsWith("/dependsOn: has ");
  }

  @Test
  void cutsAReasonThatIsTooLong() {
    assertThat(new Reason(ErrorCode.SPEC_INVALID, "x".repeat(5000)).text())
        .hasSize(4096)
        .endsWith("x…");
  }

  private static Decision correlated(String text) {
    return Messages.decide(
        Messages.plain(
            "{\"tenant\":\"sales\",\"correlation\":\"%s\",\"spec\":%s}"
                .formatted(text, Messages.SPEC)));
  }

  private static Decision noted(String text) {
    return Messages.decide(
        Messages.plain(
            "{\"tenant\":\"sales\",\"jobId\":\"big\",\"spec\":%s}".formatted(spec(text))));
  }

  private static String spec(String note) {
    return Messages.SPEC.replaceFirst("\\{", "{\"sparkConf\":{\"spark.note\":\"" + note + "\"},");
  }

  private static Job accepted(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.Submitted) ((Decision.Accept) decision).message()).job();
  }

  private static Decision.Refuse refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refuse.class);
    return (Decision.Refuse) decision;
  }

  private static int size(Job job) {
    return Json.write(new InboxMessage.Submitted(job)).length;
  }
}
