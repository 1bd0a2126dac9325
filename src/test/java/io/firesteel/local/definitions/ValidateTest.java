package io.firesteel.local.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definitions and the notification of docs/definitions.md, checked offline. */
final class ValidateTest {

  @TempDir private Path folder;

  private String definitions = "";
  private String notification = "";

  @BeforeEach
  void readTheDocs() throws IOException {
    String docs = Files.readString(Path.of("docs/definitions.md"));
    definitions = block(docs, "```yaml\n(# yaml-language-server[^`]*)```");
    notification = block(docs, "```json\n(\\{\"EventName\"[^`]*)```");
  }

  private static String block(String docs, String pattern) {
    return Pattern.compile(pattern)
        .matcher(docs)
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void validDefinitionsAreCounted() throws IOException {
    assertThat(validate(definitions))
        .isEqualTo(
            new Validate.Result(
                List.of(
                    "validate: 1 tenants, 1 templates, 1 triggers, 0 schedules, 1 clusters, 0 errors"),
                true));
  }

  @Test
  void anErrorHasFileLineFieldAndHint() throws IOException {
    Validate.Result result = validate(definitions.replace("maxConcurrency", "maxConcurency"));

    assertThat(result.valid()).isFalse();
    assertThat(result.output())
        .contains(
            folder
                + "/numbers.yaml:7 /spec/maxConcurency: is not a known field; did you mean maxConcurrency?");
  }

  @Test
  void aWrongReferenceHasItsLineItsValueAndAHint() throws IOException {
    Validate.Result result = validate(definitions.replace("template: pi", "template: pie"));

    assertThat(result.valid()).isFalse();
    assertThat(result.output().getFirst())
        .matches(
            ".*/numbers\\.yaml:\\d\\d /spec/template: refers to template pie, .*; did you mean pi\\?");
  }

  @Test
  void aNotificationShowsTheJobThatItRequests() throws IOException {
    Validate.Result result = validate(definitions, notification);

    assertThat(result.valid()).isTrue();
    assertThat(result.output())
        .contains(
            "object in/pi-8.txt of the bucket numbers in minio", "  trigger numbers-in: matches")
        .anyMatch(line -> line.matches("requests job numbers-in-[0-9a-f]{20} of tenant numbers"));
  }

  @Test
  void aNotificationShowsTheConditionThatStopsIt() throws IOException {
    Validate.Result result = validate(definitions, notification.replace("pi-8", "pi-x"));

    assertThat(result.valid()).isFalse();
    assertThat(result.output())
        .contains(
            "  trigger numbers-in: the object does not pass /spec/filter/pattern",
            "requests no job: the object passes no trigger's filter");
  }

  @Test
  void aNotificationShowsWhyItsJobWouldBeRefused() throws IOException {
    Validate.Result result = validate(definitions, notification.replace("pi-8", "pi-800"));

    assertThat(result.valid()).isFalse();
    assertThat(result.output().getLast())
        .contains("PARAMETER_INVALID: trigger numbers-in: /parameters/slices: must be an integer");
  }

  @Test
  void theFolderMustExist() {
    assertThatThrownBy(() -> Validate.run(List.of("/nowhere")))
        .hasMessage("the folder /nowhere does not exist");
  }

  private Validate.Result validate(String yaml) throws IOException {
    Files.writeString(folder.resolve("numbers.yaml"), yaml);
    return Validate.run(List.of(folder.toString()));
  }

  private Validate.Result validate(String yaml, String json) throws IOException {
    Files.writeString(folder.resolve("numbers.yaml"), yaml);
    Path file = folder.resolve("notification.json");
    Files.writeString(file, json);
    return Validate.run(List.of(folder.toString(), "--notification", file.toString()));
  }
}
