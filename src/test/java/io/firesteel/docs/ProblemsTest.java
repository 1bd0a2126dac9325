package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.rest.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/rest.md has every problem, as the enum describes it. */
final class ProblemsTest {

  private static final Path SOURCE =
      Path.of("src/main/java/io/firesteel/rest/problem/ProblemCode.java");

  @Test
  void theTableHasEveryProblemAsItsConstantDescribesIt() throws IOException {
    String source = Files.readString(SOURCE);
    var table = new StringBuilder("| code | status | meaning, and what to do |\n|---|---|---|\n");
    for (ProblemCode code : ProblemCode.values()) {
      Matcher found = Pattern.compile("/\\*\\* (.*) \\*/\\s+" + code + "\\(").matcher(source);
      assertThat(found.find()).as("%s has a description of one line", code).isTrue();
      table.append("| `%s` | %d | %s |%n".formatted(code, code.status(), found.group(1)));
    }
    GeneratedTables.check(Path.of("docs/rest.md"), Map.of("problems", table.toString()));
  }
}
