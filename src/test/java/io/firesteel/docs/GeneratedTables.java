package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Generated tables of a page, each between a comment with its name and one with its name after a
 * slash. {@code FIRESTEEL_WRITE_DOCS=1} writes them.
 */
public final class GeneratedTables {

  private GeneratedTables() {}

  /**
   * Checks the tables of a page.
   *
   * @param tables the tables by name
   */
  public static void check(Path page, Map<String, String> tables) throws IOException {
    String written = Files.readString(page);
    String rendered = written;
    for (Map.Entry<String, String> table : tables.entrySet()) {
      rendered = replaced(rendered, table.getKey(), table.getValue());
    }
    if (System.getenv("FIRESTEEL_WRITE_DOCS") != null) {
      Files.writeString(page, rendered);
      written = rendered;
    }
    assertThat(written).as("%s; FIRESTEEL_WRITE_DOCS=1 writes it", page).isEqualTo(rendered);
  }

  private static String replaced(String text, String name, String table) {
    String from = "<!-- " + name + " -->\n";
    String to = "<!-- /" + name + " -->";
    assertThat(text).containsSubsequence(from, to);
    int start = text.indexOf(from) + from.length();
    return text.substring(0, start) + table + text.substring(text.indexOf(to));
  }
}
