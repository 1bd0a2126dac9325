package io.firesteel.local.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums that DailyTotals should come to, worked out without Spark, and those that a job wrote:
 * equal maps mean a right job. A key is the row's (Col_A, Col_B, Col_C, Col_D). Reads plain CSV
 * without quotes, which is all that {@link DailyFiles} writes.
 */
public final class Totals {

  private static final int KEY_COLUMNS = 4;

  private Totals() {}

  /** Adds up the input files of the days from first to last, both included. */
  public static Map<List<String>, Long> expected(Path root, LocalDate first, LocalDate last) {
    var sums = new HashMap<List<String>, Long>();
    first
        .datesUntil(last.plusDays(1))
        .map(day -> DailyFiles.fileOf(root, day))
        .filter(Files::exists)
        .forEach(file -> add(file, sums));
    return Map.copyOf(sums);
  }

  /**
   * What a job wrote to its output folder; a key that was written twice is refused, for then the
   * job did not sum.
   *
   * @throws IllegalStateException if the output is not there or not complete
   */
  public static Map<List<String>, Long> written(Path output) {
    if (!Files.exists(output.resolve("_SUCCESS"))) {
      throw new IllegalStateException(
          "No finished output in " + output + ": it has no _SUCCESS file");
    }
    var sums = new HashMap<List<String>, Long>();
    var rows = 0;
    try (var parts = Files.newDirectoryStream(output, "part-*.csv")) {
      for (var part : parts) {
        rows += add(part, sums);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the output in " + output, e);
    }
    if (rows != sums.size()) {
      throw new IllegalStateException("The output in " + output + " holds a key more than once");
    }
    return Map.copyOf(sums);
  }

  private static int add(Path file, Map<List<String>, Long> sums) {
    try {
      var lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.getFirst().equals(DailyFiles.HEADER)) {
        throw new IllegalStateException(
            file + " does not begin with the header " + DailyFiles.HEADER);
      }
      for (var line : lines.subList(1, lines.size())) {
        var cells = List.of(line.split(",", -1));
        sums.merge(cells.subList(0, KEY_COLUMNS), Long.valueOf(cells.get(KEY_COLUMNS)), Long::sum);
      }
      return lines.size() - 1;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
