package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tables of a page that follow from the code: each stands between a comment with its name and one
 * with its name after a slash. With {@code FIRESTEEL_WRITE_DOCS=1} they are written.
 */
public final class GeneratedTables {

  private GeneratedTables() {}

  /**
   * Holds a page to its tables.
   *
   * @param tables by their names
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
