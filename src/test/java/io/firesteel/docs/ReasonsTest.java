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

/** The table of docs/requests.md has every reason of a dead letter, as the enum describes it. */
final class ReasonsTest {

  private static final Path SOURCE = Path.of("src/main/java/io/firesteel/job/FailureReason.java");

  @Test
  void theTableHasEveryReasonAsItsConstantDescribesIt() throws IOException {
    String source = Files.readString(SOURCE);
    var table = new StringBuilder("| reason code | meaning, and what to do |\n|---|---|\n");
    for (var reason : EnumSet.range(FailureReason.MESSAGE_EMPTY, FailureReason.BUG)) {
      table.append("| `%s` | %s |%n".formatted(reason.name(), meaning(source, reason)));
    }
    GeneratedTables.check(Path.of("docs/requests.md"), Map.of("reasons", table.toString()));
  }

  private static String meaning(String source, FailureReason reason) {
    Matcher found = Pattern.compile("/\\*\\* (.*) \\*/\\s+" + reason + "\\(").matcher(source);
    assertThat(found.find()).as("%s has a description of one line", reason).isTrue();
    return found.group(1);
  }
}
