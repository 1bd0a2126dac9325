package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/requests.md have the reasons of dead letters and of admission, as the enum
 * describes them.
 */
final class ReasonsTest {

  private static final Path SOURCE = Path.of("src/main/java/io/firesteel/job/FailureReason.java");

  @Test
  void theTableHasEveryReasonAsItsConstantDescribesIt() throws IOException {
    String source = Files.readString(SOURCE);
    var table = new StringBuilder("| reason code | meaning, and what to do |\n|---|---|\n");
    for (var reason : EnumSet.range(FailureReason.MESSAGE_EMPTY, FailureReason.BUG)) {
      table.append("| `%s` | %s |%n".formatted(reason.name(), meaning(source, reason)));
    }
    var admission = new StringBuilder("| reason | category | meaning |\n|---|---|---|\n");
    for (var reason : EnumSet.range(FailureReason.QUEUE_FULL, FailureReason.FINISH_BY_PASSED)) {
      admission.append(
          "| `%s` | `%s` | %s |%n"
              .formatted(reason.text(), reason.category(), meaning(source, reason)));
    }
    GeneratedTables.check(
        Path.of("docs/requests.md"),
        Map.of("reasons", table.toString(), "admission-reasons", admission.toString()));
  }

  private static String meaning(String source, FailureReason reason) {
    Matcher found = Pattern.compile("/\\*\\* (.*) \\*/\\s+" + reason + "\\(").matcher(source);
    assertThat(found.find()).as("%s has a description of one line", reason).isTrue();
    return found.group(1).replaceAll("\\{@code ([^}]+)}", "`$1`");
  }
}
