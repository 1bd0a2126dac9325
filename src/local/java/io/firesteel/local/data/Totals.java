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
 * The sums that DailyTotals should write, computed without Spark, and the sums that a job wrote. A
 * key is (Col_A, Col_B, Col_C, Col_D). Reads CSV without quotes, as {@link DailyFiles} writes it.
 */
public final class Totals {

  private static final int KEY_COLUMNS = 4;

  private Totals() {}

  /** Adds up the input files from the first to the last day, both included. */
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
   * Reads the output of a job.
   *
   * @throws IllegalStateException if the output is missing or incomplete, or contains a key twice
   */
  public static Map<List<String>, Long> written(Path output) {
    if (!Files.exists(output.resolve("_SUCCESS"))) {
      throw new IllegalStateException(
          "The output in " + output + " is not complete: there is no _SUCCESS file");
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
      throw new IllegalStateException("The output in " + output + " contains a key more than once");
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
