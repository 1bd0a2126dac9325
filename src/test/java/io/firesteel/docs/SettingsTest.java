package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/operate.md has every setting, with its default and the description from its
 * config mapping.
 */
final class SettingsTest {

  @Test
  void theTableHasEverySettingAsItsMappingDescribesIt() throws IOException {
    GeneratedTables.check(Path.of("docs/operate.md"), Map.of("settings", table()));
  }

  private static String table() throws IOException {
    List<Class<?>> mappings = new ArrayList<>();
    new ClassFileImporter()
        .importPath(Path.of("target/classes/io/firesteel")).stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .forEach(mappings::add);
    mappings.sort(Comparator.comparing(SettingsTest::prefix));
    StringBuilder table = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
    for (Class<?> mapping : mappings) {
      rows(mapping, prefix(mapping), table);
    }
    return table.toString();
  }

  private static String prefix(Class<?> mapping) {
    return mapping.getAnnotation(ConfigMapping.class).prefix();
  }

  /** In the order of the source, which reflection does not preserve. */
  private static void rows(Class<?> mapping, String prefix, StringBuilder table)
      throws IOException {
    String file = mapping.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    String source = Files.readString(Path.of("src/main/java", file));
    List<Method> methods = new ArrayList<>(List.of(mapping.getDeclaredMethods()));
    methods.removeIf(method -> method.isDefault() || method.isSynthetic());
    methods.sort(Comparator.comparing(method -> source.indexOf(" " + method.getName() + "();")));
    for (Method method : methods) {
      if (method.getGenericReturnType() instanceof ParameterizedType map
          && map.getRawType().equals(Map.class)) {
        // The operator chooses the keys of a map.
        rows((Class<?>) map.getActualTypeArguments()[1], prefix + ".<name>", table);
      } else {
        table.append(row(prefix, method, source));
      }
    }
  }

  private static String row(String prefix, Method method, String source) {
    WithDefault standard = method.getAnnotation(WithDefault.class);
    return "| `%s.%s` | %s | %s |%n"
        .formatted(
            prefix,
            kebab(method.getName()),
            standard == null ? "none" : "`" + standard.value() + "`",
            meaning(source, method.getName()));
  }

  private static String meaning(String source, String method) {
    Matcher found =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*?)\\*/\\s*(?:@\\w+\\([^)]*\\)\\s*)*[\\w<>.]+ "
                    + method
                    + "\\(\\);",
                Pattern.DOTALL)
            .matcher(source);
    assertThat(found.find()).as("%s has a description", method).isTrue();
    return found
        .group(1)
        .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .strip();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
