package io.firesteel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The definitions and the message of the example in docs/definitions.md. */
final class DocsExample {

  private static final Path PAGE = Path.of("docs/definitions.md");
  private static final String SECTION = "## A tenant, a template and a trigger on a laptop";

  private DocsExample() {}

  static String definitions() throws IOException {
    return block("yaml");
  }

  /** The message in one line, for the console producer. */
  static String arrival() throws IOException {
    return block("json").strip();
  }

  private static String block(String language) throws IOException {
    String page = Files.readString(PAGE);
    String fence = "```" + language + "\n";
    int section = page.indexOf(SECTION);
    assertThat(section).as("%s in %s", SECTION, PAGE).isPositive();
    int begin = page.indexOf(fence, section) + fence.length();
    return page.substring(begin, page.indexOf("```", begin));
  }
}
