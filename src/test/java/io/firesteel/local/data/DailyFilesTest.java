package io.firesteel.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.local.data.DailyFiles.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyFilesTest {

  private static final LocalDate LAST = LocalDate.of(2026, 3, 1);
  private static final Credentials SECRET = new Credentials("app", "tenant", "hush");

  @TempDir Path folder;

  @Test
  void skipsSomeDaysButNeverTheLast() {
    var days = DailyFiles.endingAt(folder, LAST).daysWithAFile().toList();

    assertThat(days).hasSizeBetween(45, 59).endsWith(LAST);
    assertThat(days.getFirst()).isAfterOrEqualTo(LocalDate.of(2026, 1, 1));
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    DailyFiles.endingAt(folder.resolve("one"), LAST).write(SECRET);
    DailyFiles.endingAt(folder.resolve("two"), LAST).write(SECRET);

    var name = "2026/03/data_2026_03_01.csv";
    assertThat(folder.resolve("one").resolve(name))
        .hasSameTextualContentAs(folder.resolve("two").resolve(name));
    assertThat(Files.readAllLines(folder.resolve("one").resolve(name))).hasSizeBetween(100, 301);
  }

  @Test
  void keepsOnlyTheHashOfTheCredentials() throws IOException {
    DailyFiles.endingAt(folder, LAST).write(SECRET);

    assertThat(folder.resolve(".credentials.sha256"))
        .hasContent("940a2fce369ae9ac02ea63d843302f4d17e5796d45d1de33f70c9757a92dbb59");
    assertThat(SECRET.toString()).doesNotContain("hush");
  }

  @Test
  void addsUpOnlyTheGivenDays() throws IOException {
    write("2026/02/data_2026_02_27.csv", "a,b,c,d,100");
    write("2026/02/data_2026_02_28.csv", "a,b,c,d,2", "a,b,c,e,5");
    write("2026/03/data_2026_03_01.csv", "a,b,c,d,3");

    assertThat(Totals.expected(folder, LocalDate.of(2026, 2, 28), LAST))
        .isEqualTo(Map.of(List.of("a", "b", "c", "d"), 5L, List.of("a", "b", "c", "e"), 5L));
  }

  @Test
  void readsTheOutputOfAJob() throws IOException {
    write("part-00000-x.csv", "a,b,c,d,5");
    write("_SUCCESS");

    assertThat(Totals.written(folder)).isEqualTo(Map.of(List.of("a", "b", "c", "d"), 5L));
  }

  @Test
  void rejectsIncompleteOutputAndDuplicateKeys() throws IOException {
    assertThatThrownBy(() -> Totals.written(folder)).hasMessageContaining("_SUCCESS");

    write("_SUCCESS");
    write("part-00000-x.csv", "a,b,c,d,5", "a,b,c,d,6");
    assertThatThrownBy(() -> Totals.written(folder)).hasMessageContaining("more than once");
  }

  private void write(String name, String... rows) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, DailyFiles.HEADER + "\n" + String.join("\n", rows) + "\n");
  }
}
