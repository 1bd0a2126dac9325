package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents refer to existing files, commands and packages. */
final class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");
  private static final Pattern COMMAND = Pattern.compile("\\./firesteel ([a-z]+)");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      List<Path> found = docs.filter(path -> path.toString().endsWith(".md")).toList();
      return Stream.concat(
          found.stream(), Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRelativeLinkLeadsSomewhere(Path document) throws IOException {
    assertThat(LINK.matcher(Files.readString(document)).results().map(found -> found.group(1)))
        .allSatisfy(target -> {
          Path found = document.resolveSibling(target);
          assertThat(found).as("%s in %s", target, document).exists();
        });
  }

  @Test
  void everyCommandOfTheReadmeIsOneOfTheLauncher() throws IOException {
    String launcher = Files.readString(Path.of("firesteel"));

    assertThat(COMMAND.matcher(Files.readString(Path.of("README.md"))).results())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(launcher).contains(command.group(1)));
  }

  @Test
  void architectureNamesEveryPackage() throws IOException {
    String architecture = Files.readString(Path.of("docs/architecture.md"));
    try (Stream<Path> packages = Files.list(Path.of("src/main/java/io/firesteel"))) {
      assertThat(packages.map(path -> path.getFileName().toString()))
          .allSatisfy(name -> assertThat(architecture).contains("`" + name + "`"));
    }
  }
}
