package io.firesteel.driver.features;

import java.util.SortedMap;

/**
 * A file that {@link java.util.Properties} can read. Unlike {@code store} it writes no date and
 * sorts the keys, so that the same properties give the same file.
 */
final class PropertiesFile {

  private static final int PRINTABLE_FROM = 0x20;
  private static final int PRINTABLE_TO = 0x7e;

  private PropertiesFile() {}

  static String of(String configMap, SortedMap<String, String> properties) {
    var file = new StringBuilder(64 * properties.size() + 128);
    file.append("#Java properties built from Kubernetes config map with name: ")
        .append(configMap)
        .append('\n');
    properties.forEach((key, value) -> {
      escape(key, true, file);
      file.append('=');
      escape(value, false, file);
      file.append('\n');
    });
    return file.toString();
  }

  private static void escape(String text, boolean key, StringBuilder file) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '=', ':', '#', '!' -> file.append('\\').append(c);
        case ' ' -> file.append(key || i == 0 ? "\\ " : " ");
        case '\t' -> file.append("\\t");
        case '\n' -> file.append("\\n");
        case '\r' -> file.append("\\r");
        case '\f' -> file.append("\\f");
        default -> {
          if (c < PRINTABLE_FROM || c > PRINTABLE_TO) {
            file.append(String.format("\\u%04X", (int) c));
          } else {
            file.append(c);
          }
        }
      }
    }
  }
}
