package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operate.md has every setting with its default, and no other. */
final class SettingsTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(firesteel\\.[a-z.-]+)` \\| (none|`([^`]*)`) \\| [^|]+ \\|$");

  @Test
  void everySettingIsDocumentedWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/operate.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(3) == null ? "none" : row.group(3));
    }
    assertThat(documented).isEqualTo(settings()).isNotEmpty();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    new ClassFileImporter()
        .importPath(Path.of("target/classes/io/firesteel")).stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .forEach(type -> add(settings, type));
    return settings;
  }

  private static void add(Map<String, String> settings, Class<?> type) {
    String prefix = type.getAnnotation(ConfigMapping.class).prefix();
    for (Method method : type.getDeclaredMethods()) {
      if (!method.isDefault() && !method.isSynthetic()) {
        WithDefault standard = method.getAnnotation(WithDefault.class);
        settings.put(
            prefix + "." + kebab(method.getName()), standard == null ? "none" : standard.value());
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
