package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and names in the documents lead to things that exist. */
final class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");
  private static final Pattern COMMAND = Pattern.compile("\\./firesteel ([a-z]+)");

  private static final Pattern SECTION =
      Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)#([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern TYPE = Pattern.compile("`([a-z.]+\\.[A-Z]\\w+)`");
  private static final Path SOURCES = Path.of("src/main/java/io/firesteel");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      List<Path> found = docs.filter(path -> path.toString().endsWith(".md")).toList();
      return Stream.concat(
          found.stream(), Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRelativeLinkLeadsToAFile(Path document) throws IOException {
    assertThat(LINK.matcher(Files.readString(document)).results().map(found -> found.group(1)))
        .allSatisfy(target -> {
          Path found = document.resolveSibling(target);
          assertThat(found).as("%s in %s", target, document).exists();
        });
  }

  @Test
  void theLauncherHasEveryCommandOfTheReadme() throws IOException {
    String launcher = Files.readString(Path.of("firesteel"));

    assertThat(COMMAND.matcher(Files.readString(Path.of("README.md"))).results())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(launcher).contains(command.group(1)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkToASectionLeadsToAHeading(Path document) throws IOException {
    assertThat(SECTION.matcher(Files.readString(document)).results())
        .allSatisfy(link -> {
          String page = link.group(1);
          Path target = page.isEmpty() ? document : document.resolveSibling(page);
          assertThat(sections(target)).as("sections of %s", target).contains(link.group(2));
        });
  }

  /** As GitHub names them in links. */
  private static List<String> sections(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .toList();
  }

  @Test
  void architectureNamesEveryPackage() throws IOException {
    String architecture = Files.readString(Path.of("docs/architecture.md"));
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      assertThat(sources.filter(Files::isDirectory).filter(folder -> !folder.equals(SOURCES)))
          .isNotEmpty()
          .allSatisfy(folder -> {
            String name = SOURCES.relativize(folder).toString().replace('/', '.');
            assertThat(architecture).contains("`" + name + "`");
          });
    }
  }

  @Test
  void everyTypeThatArchitectureNamesExists() throws IOException {
    assertThat(TYPE.matcher(Files.readString(Path.of("docs/architecture.md"))).results())
        .isNotEmpty()
        .allSatisfy(type ->
            assertThat(SOURCES.resolve(type.group(1).replace('.', '/') + ".java")).exists());
  }
}
