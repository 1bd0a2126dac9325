package io.firesteel.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The definitions and the message of the example in docs/definitions.md. */
final class DocsExample {

  private static final Path PAGE = Path.of("docs/definitions.md");
  private static final String SECTION = "## All three on a laptop";

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
    int begin = page.indexOf(fence, page.indexOf(SECTION)) + fence.length();
    return page.substring(begin, page.indexOf("```", begin));
  }
}
