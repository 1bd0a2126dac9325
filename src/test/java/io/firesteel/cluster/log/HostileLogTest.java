package io.firesteel.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver writes what it likes into its log. */
final class HostileLogTest {

  private static final int BOUND = 256 << 10;
  private static final int MAX_CAUSE = 16_000;
  private static final int MAX_TAIL = 5_100;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " ",
        "\t",
        "\n",
        "\r",
        "\u001b",
        "\u001b[",
        "\u001b]0;",
        "\u001b[31m",
        "\tat a.b\n",
        "a.b\n",
        "a.B:\n",
        "a.B\n\tat c\n",
        ": \n",
        "Caused by: \n",
        "Caused by: a.b\n\tat c\n",
        "Driver stacktrace:\n",
        "Exception in thread \"",
        "Exception in thread \"main\" \n",
        "Exception in thread \"main\" a.B:\n",
        "Traceback (most recent call last):\n",
        "Traceback (most recent call last):\n  File \"\n: a\n",
        "Traceback (most recent call last):\nE: x\n\nDuring handling of the above exception\n\n",
        "  File \"",
        "  File \"\n",
        "SyntaxError: \n",
        "Error: Unable to \n",
        "# A fatal error has been detected by the Java Runtime\n#\n",
        "26/11/21 19:15:38 ERROR ",
        "26/11/21 19:15:38 ERROR x\na.B:\n",
        "python: can't open file '",
        ": not found\n",
        "{\"ts\":",
      })
  void takesLinearTime(String piece) {
    String log = piece.repeat(BOUND / piece.length());

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> LogExcerpt.of(log, 20));
  }

  @Property(tries = 300)
  void boundsWhatItTells(@ForAll("logs") String log) {
    LogExcerpt excerpt = LogExcerpt.of(log, 5);

    assertThat(excerpt.tail().lines()).hasSizeLessThanOrEqualTo(5);
    assertThat(excerpt.tail()).hasSizeLessThanOrEqualTo(MAX_TAIL).doesNotContain("\u001b");
    if (excerpt.cause() != null) {
      assertThat(excerpt.cause().lines()).isNotEmpty();
      assertThat(excerpt.cause().text()).hasSizeLessThan(MAX_CAUSE);
    }
  }

  @Provide
  Arbitrary<String> logs() {
    return Arbitraries.of(
            "a.B: ",
            "a.B",
            "\n",
            "\r\n",
            "\tat a.b(C.java:1)",
            "Caused by: ",
            "Exception in thread \"main\" ",
            LineKind.TRACEBACK,
            "  File \"x\", line 1",
            "The above exception was the direct cause of",
            ": ",
            "Error: Failed to load class",
            "26/11/21 19:15:38 ERROR x: ",
            "SyntaxError: ",
            "# A fatal error has been detected by the Java Runtime",
            "\u001b[3",
            "🔑",
            "\uD83D",
            "x".repeat(2000))
        .list()
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces));
  }

  @Test
  void redactsSecretsThatATerminalCodeHides() {
    LogExcerpt excerpt =
        LogExcerpt.of("Exception in thread \"main\" a.B: pass\u001b[1mword=hunter2\n", 20);

    assertThat(excerpt.tail()).doesNotContain("hunter2");
    assertThat(Objects.requireNonNull(excerpt.cause()).text())
        .isEqualTo("a.B: password=[redacted]");
  }

  @Test
  void readsInvalidUtf8() {
    byte[] bytes = {'E', (byte) 0xc3, '\n', (byte) 0xff, (byte) 0xfe, 0, 7};

    assertThat(LogExcerpt.of(new String(bytes, StandardCharsets.UTF_8), 20).tail())
        .isEqualTo("E\ufffd\n\ufffd\ufffd\n");
  }
}
